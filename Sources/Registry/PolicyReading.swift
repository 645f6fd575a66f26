import Documents
import JobModel

/// The policies of an entry, as far as their kinds go; `PolicyChange.applied(to:)` knows their ranges.
struct PolicyReading {
    private(set) var policies = EntryPolicies()
    private(set) var problems: [EntryProblem] = []

    /// Unknown keys are left to the caller.
    init(_ node: DocumentNode) {
        guard let members = node.members else {
            problems = [EntryProblem("\"policies\" is no object such as {\"retries\": 3}", at: node.place)]
            return
        }
        for member in members where RegistryFormat.policyKeys.contains(member.key) {
            guard let change = Self.change(member) else {
                let text = "\"policies\": \"\(member.key)\" takes a number, or a word or length of time"
                problems.append(EntryProblem(text, at: member.value.place))
                continue
            }
            policies.change = policies.change.merged(with: change)
            policies.places[member.key] = member.value.place
        }
    }

    /// A bare number fits where a length of time stands too; a text never fits where a number stands.
    private static func change(_ member: DocumentMember) -> PolicyChange? {
        guard let scalar = member.value.scalar, !scalar.isNull, !scalar.string.isEmpty else { return nil }
        var candidates = [JSONValue.string(scalar.string)]
        if let number = scalar.number { candidates.insert(.number(number), at: 0) }
        return candidates.lazy.compactMap { value in
            try? JSONValue.object([member.key: value]).decoded(as: PolicyChange.self)
        }.first
    }
}
