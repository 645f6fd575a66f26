import IntentContract
import JobModel

/// How a job behaves when things do not go to plan is the person's to say: a policy that a model sets was spoken of.
extension Grounding {
    /// Words that speak of a policy, beside those of its own name.
    private static let topics: [String: [String]] = [
        "missed": ["miss", "missed", "skip", "catch", "late"],
        "missed_window": ["miss", "missed", "late", "within"],
        "missed_cap": ["miss", "missed", "most"],
        "overlap": ["running", "runs", "queue", "queued", "overlap", "cancel", "parallel"],
        "parallel": ["parallel", "once", "time", "simultaneously"],
        "group": ["group", "turns"],
        "timeout": ["timeout", "give", "longer", "limit", "stop", "kill", "most"],
        "priority": ["priority", "important", "urgent", "critical", "low"],
        "guarantee": ["once", "twice", "least", "most"],
        "pause_after": ["pause", "fail", "failures"],
        "reuse_answers": ["reuse", "reused", "cache", "cached", "answer", "answers", "anew", "afresh", "ask"],
        "adaptive": ["adaptive", "adapt", "itself", "between", "retime"],
    ]

    func checkPolicies(of intent: Intent) throws(AnswerProblem) {
        let known = own.flatMap(Self.policies)
        for (name, value) in Self.policies(of: intent) {
            guard !known.contains(where: { $0.name == name && $0.value == value }) else { continue }
            guard isSpokenOf(name), hasNumbers(of: value) else {
                throw AnswerProblem(
                    "\"\(name)\": \(value.compactText) is a policy that nobody asked for; leave it null")
            }
        }
    }

    private static func policies(of intent: Intent) -> [(name: String, value: JSONValue)] {
        guard let members = try? JSONValue(encoding: intent), let policies = members["policies"]?.object else {
            return []
        }
        return policies.filter { !$0.value.isNull }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func isSpokenOf(_ name: String) -> Bool {
        let topics =
            name.hasPrefix("retr") ? ["retry", "retries", "again", "attempt", "tries", "times"] : Self.topics[name]
        return (topics ?? [name]).contains(where: heard.hasWord)
    }

    /// Every number of the value was said, in figures or as a small number in words.
    private func hasNumbers(of value: JSONValue) -> Bool {
        let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        return value.plainText.split { !$0.isNumber }.allSatisfy { figures in
            if heard.holds(String(figures)) { return true }
            guard let number = Int(figures), words.indices.contains(number) else { return false }
            return heard.hasWord(words[number]) || (number < 3 && heard.hasWord(["never", "once", "twice"][number]))
        }
    }
}
