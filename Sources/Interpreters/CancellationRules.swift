import IntentContract

/// Ending what is under way: "abort the backup", "stop the competitor prices run". The job itself stays as it is.
///
/// "stop" and "cancel" mean the run only where "run" is said, and only the one that is under way: "cancel the next run"
/// and "cancel Monday's run" leave an occurrence out.
enum CancellationRules {
    private static let end = "stop|cancel|end|kill|halt|terminate|abort|interrupt"
    private static let run = "run|runs|execution|executions"
    private static let now = "[right] [now|immediately]"

    static let rules: [IntentRule] = [
        IntentRule("\(end) [the|this|that|its] [current|running|ongoing|active] \(run) \(now)") { _ in
            CancelRun(job: JobReference("it"))
        },
        IntentRule("\(end) all [the|my] [current|running|ongoing|active] \(run) \(now)") { _ in
            CancelRun(job: JobReference("everything", all: true))
        },
        IntentRule("\(end) [the|all] [current|running|ongoing|active] \(run) (of / for) <job> \(now)") { cancel($0) },
        IntentRule("\(end) <job> \(run) \(now)") { cancel($0) },
        IntentRule("abort|interrupt|terminate <job> \(now)") { cancel($0) },
        IntentRule("(abort / interrupt / terminate) \(now)") { _ in CancelRun(job: JobReference("it")) },
    ]

    /// Words before "run" that point at another one than that which is under way.
    private static let elsewhere: Set<String> = [
        "next", "first", "last", "previous", "following", "coming", "upcoming", "no", "any", "a", "an", "to",
    ]

    private static func cancel(_ captures: Captures) -> CancelRun? {
        guard let pieces = captures["job"],
            !pieces.contains(where: { $0.isTime || elsewhere.contains($0.key) || pointsAtTime($0.key) })
        else { return nil }
        var job = captures.job
        guard PossessiveDay.day(of: "\(pieces.text) run") == nil else { return nil }
        for lead in ["current ", "running ", "ongoing "] where job.words.lowercased().hasPrefix(lead) {
            job.words.removeFirst(lead.count)
        }
        return CancelRun(job: job)
    }

    /// "my 7am run"; a number alone is a job's.
    private static func pointsAtTime(_ word: String) -> Bool {
        word.first?.isNumber == true && !word.allSatisfy(\.isNumber)
    }

    /// A job that is called "morning run" is meant by that name, not a run of "morning".
    static func mistakes(_ intent: Intent, forNames known: [String]) -> Bool {
        guard case .cancelRun(let body) = intent, !body.job.isPronoun else { return false }
        let name = body.job.words.lowercased()
        return !known.contains(name) && ["run", "runs"].contains { known.contains("\(name) \($0)") }
    }
}
