import Documents
import JobModel

/// Reads policies, as in `jobs.json`, and the waits of a step's `retry`.
struct PolicyReader {
    let findings: Findings

    /// - Parameters:
    ///   - keys: as the file writes them, with the policies that they are. Others are left to the caller.
    ///   - usual: what stands where nothing is said.
    /// - Returns: `nil` where something is no policy, or out of range.
    func policies(
        _ members: [DocumentMember], key: String, keys: [(key: String, policy: String)], over usual: Policies
    ) -> Policies? {
        var change = PolicyChange()
        var places: [String: DocumentPlace] = [:]
        var isBroken = false
        for member in members {
            guard let policy = keys.first(where: { $0.key == member.key })?.policy else { continue }
            guard let part = Self.change(policy, member.value) else {
                findings.report(
                    "\"\(key)\": \"\(member.key)\" takes a number, or a word or length of time", at: member.value.place)
                isBroken = true
                continue
            }
            places[policy] = member.value.place
            isBroken = !inRange(part, places, key: member.key, policy) || isBroken
            change = change.merged(with: part)
        }
        return isBroken ? nil : try? change.applied(to: usual)
    }

    /// Each policy is tried by itself, so that all that are out of range are named.
    private func inRange(
        _ change: PolicyChange, _ places: [String: DocumentPlace], key: String, _ policy: String
    ) -> Bool {
        do throws(PolicyError) {
            _ = try change.applied(to: Policies())
            return true
        } catch {
            findings.report(
                error.message.replacing("\(policy):", with: "\(key):", maxReplacements: 1),
                at: places[error.policy] ?? .start)
            return false
        }
    }

    /// A bare number fits where a length of time stands too; a text never fits where a number stands.
    private static func change(_ policy: String, _ node: DocumentNode) -> PolicyChange? {
        guard let scalar = node.scalar, !scalar.isNull, !scalar.string.isEmpty else { return nil }
        var candidates = [JSONValue.string(scalar.string)]
        if let number = scalar.number { candidates.insert(.number(number), at: 0) }
        return candidates.lazy.compactMap { value in
            try? JSONValue.object([policy: value]).decoded(as: PolicyChange.self)
        }.first
    }
}
