import IntentContract

/// "it" in a later request is the job of an earlier one.
enum References {
    static func joined(_ first: [Intent], _ second: [Intent]) -> [Intent] {
        guard let last = first.last, let job = job(of: last) else { return first + second }
        let named = second.map { naming(job, in: $0) }
        if case .updateJob(let one) = last, case .updateJob(let other)? = named.first, one.job == other.job {
            return first.dropLast() + [.updateJob(both(one, other))] + named.dropFirst()
        }
        // "no standup tomorrow, please skip it" wishes the same thing twice.
        let isRepeated = named.count == 1 && named[0].name == last.name && isBare(second[0])
        return isRepeated ? first : first + named
    }

    private static func job(of intent: Intent) -> JobReference? {
        intent.job.flatMap { $0.isPronoun ? nil : $0 }
    }

    /// Two changes of one job are one change.
    private static func both(_ one: UpdateJob, _ other: UpdateJob) -> UpdateJob {
        UpdateJob(
            job: one.job, when: other.when ?? one.when, newName: other.newName ?? one.newName,
            deliver: other.deliver ?? one.deliver, text: other.text ?? one.text,
            policies: one.policies.map { old in other.policies.map(old.merged) ?? old } ?? other.policies)
    }

    private static func isBare(_ intent: Intent) -> Bool { intent.job?.isPronoun == true }

    private static func naming(_ job: JobReference, in intent: Intent) -> Intent {
        isBare(intent) ? intent.naming(job) : intent
    }
}

extension JobReference {
    /// "it", "that one": the job is known from what was said before.
    var isPronoun: Bool { Lexicon.pronouns.contains(words.lowercased()) }
}
