/// Which steps of a playbook to call now, as an agent answers it: in sequence, in parallel or by dependency.
///
/// It names steps and nothing else: what each of them sends, and where, was frozen when the job was approved.
package struct ExecutionPlan: Codable, Hashable, Sendable {
    package struct Call: Codable, Hashable, Sendable {
        package var step: String
        /// Calls of the same plan that end before this one begins.
        package var after: [String]

        package init(_ step: String, after: [String] = []) {
            self.step = step
            self.after = after
        }
    }

    /// Why a plan is not carried out, in one clause.
    package struct Refusal: Error, Hashable, Sendable {
        package let message: String

        package init(_ message: String) { self.message = message }
    }

    package var calls: [Call]

    package static let mostCalls = 20

    package init(_ calls: [Call]) { self.calls = calls }

    /// Groups of calls, each in the order of the plan: those of a group have nothing to wait for but earlier groups.
    ///
    /// - Parameter endpoints: the names that may be called.
    package func waves(within endpoints: [String]) throws(Refusal) -> [[String]] {
        try check(endpoints)
        var waves: [[String]] = []
        var done: Set<String> = []
        var waiting = calls
        while !waiting.isEmpty {
            let ready = waiting.filter { done.isSuperset(of: $0.after) }.map(\.step)
            guard !ready.isEmpty else {
                throw Refusal("\(Self.list(waiting.map(\.step))) wait for each other")
            }
            waves.append(ready)
            done.formUnion(ready)
            waiting.removeAll { done.contains($0.step) }
        }
        return waves
    }

    private func check(_ endpoints: [String]) throws(Refusal) {
        guard !calls.isEmpty else { throw Refusal("the plan is empty") }
        guard calls.count <= Self.mostCalls else {
            throw Refusal("the plan has \(calls.count) calls; \(Self.mostCalls) are the most")
        }
        var names: Set<String> = []
        for call in calls {
            guard endpoints.contains(call.step) else {
                throw Refusal("\(Self.quoted(call.step)) is none of the steps that may be called")
            }
            guard names.insert(call.step).inserted else {
                throw Refusal("\(Self.quoted(call.step)) is called twice")
            }
        }
        for call in calls {
            guard let stranger = call.after.first(where: { !names.contains($0) }) else { continue }
            throw Refusal("\(Self.quoted(call.step)) waits for \(Self.quoted(stranger)), which the plan does not call")
        }
    }

    private static func quoted(_ name: String) -> String {
        "\"\(name.withoutControlCharacters(keepingNewlines: false).prefix(60))\""
    }

    private static func list(_ names: [String]) -> String { names.map(quoted).joined(separator: " and ") }
}
