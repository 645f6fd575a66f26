import IntentContract
import JobModel

/// Where the grammar accounts for every word, the members of an intent are those that it read.
extension Agreement {
    func checkMembers(_ intent: Intent, against counterpart: Intent) throws(AnswerProblem) {
        try checkReach(intent, against: counterpart)
        let (mine, theirs) = (Self.members(of: counterpart), Self.members(of: intent))
        for name in Self.exact where mine[name] != theirs[name] {
            throw AnswerProblem("\(name) of \(intent.name) is not what the request names")
        }
        for name in Self.worded where !isAlike(mine[name]?.string, theirs[name]?.string) {
            throw AnswerProblem("\(name) of \(intent.name) is not what the request names")
        }
        // Of a condition's words a model may make a sentence of its own; of an order it may not make the contrary.
        if case .createJob(let own) = counterpart, case .createJob(let told) = intent,
            HeardWords.isDenied(own.action.text ?? "") != HeardWords.isDenied(told.action.text ?? "")
        {
            throw AnswerProblem("what \(intent.name) says is turned round; keep to the person's words")
        }
        guard (IntentParts(counterpart).job == nil) == (IntentParts(intent).job == nil) else {
            throw AnswerProblem("\(intent.name) is not about the job that the request names")
        }
    }

    /// Members with few values, or a number.
    private static let exact = ["policies", "change", "step", "outcome", "limit", "days", "value"]
    /// Members that hold words of the person's.
    private static let worded = ["new_name", "text", "event_job", "expression"]

    private static func members(of intent: Intent) -> [String: JSONValue] {
        var members = (try? JSONValue(encoding: intent).withoutNulls)?.object ?? [:]
        if members["policies"]?.object?.isEmpty == true { members["policies"] = nil }
        // "Name" of a preference is its kind; of a new job it is a label.
        if case .setPreference(let body) = intent { members["change"] = .string(body.name) }
        return members
    }

    /// Both are there, and one is said in words of the other.
    private func isAlike(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        let (mine, theirs) = (HeardWords.words(of: one), HeardWords.words(of: other))
        return mine == theirs
            || !mine.isDisjoint(with: theirs) && HeardWords.isDenied(one) == HeardWords.isDenied(other)
    }

    /// The same scripts, requests, playbooks, agents and measures, in the same order. Words alone may be put otherwise.
    private func checkReach(_ intent: Intent, against counterpart: Intent) throws(AnswerProblem) {
        guard !intent.isGoal else { return }
        let (mine, theirs) = (Self.reach(of: counterpart), Self.reach(of: intent))
        guard mine != theirs else { return }
        throw AnswerProblem(
            "\(intent.name) does \"\(theirs.joined(separator: ", "))\", but the request names "
                + "\"\(mine.joined(separator: ", "))\"")
    }

    private static func reach(of intent: Intent) -> [String] { IntentParts(intent).actions.compactMap(\.reach) }
}
