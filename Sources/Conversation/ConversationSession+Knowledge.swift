import JobModel
import Planning

/// What an interpreter is told about the person's habits and the last outcomes.
extension ConversationSession {
    private static let outcomesTold = 6

    /// The names of the jobs that ran last, and whether they succeeded: never their words, which may be a stranger's.
    func outcomes() async -> [String] {
        let query = RunQuery(states: [.succeeded, .failed], limit: Self.outcomesTold)
        guard let runs = try? await store.runs(query), let jobs = try? await store.jobs() else { return [] }
        let names = Dictionary(jobs.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        return runs.reversed().compactMap { run in
            names[run.jobID].map { "\($0) \(run.state == .failed ? "failed" : "succeeded")" }
        }
    }

    static func habits(_ situation: Situation) -> [String] {
        var habits: [String] = []
        if !situation.defaultDelivery.isEmpty {
            habits.append("outcomes go to \(situation.defaultDelivery.map(\.description).joined(separator: ", "))")
        }
        if situation.hourHabit != .ask {
            habits.append("hours that could be either are \(situation.hourHabit.rawValue)")
        }
        return habits
    }
}
