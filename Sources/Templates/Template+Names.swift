import JobModel

/// A name that nothing known stands behind, and what may have been meant.
package struct UnknownName: Hashable, Sendable {
    package let name: String
    /// `nil` where no known name is near.
    package let nearest: String?

    package init(name: String, nearest: String?) {
        self.name = name
        self.nearest = nearest
    }

    /// A clause: `{{scan.prise}} is not known; scan.price is near`.
    package var message: String { "{{\(name)}} is not known" + (nearest.map { "; \($0) is near" } ?? "") }
}

extension Template {
    /// The names that `known` does not hold. `event.*` there stands for every name that begins with `event.`, and
    /// for `event` itself. A name without a dot inside a section may be a member of what the section goes over: it
    /// is not reported.
    package func unknown(in known: [String]) -> [String] {
        let looked = tags.filter { tag in
            guard tag.kind != .comment, tag.kind != .end, tag.name != "." else { return false }
            return tag.depth == 0 || tag.name.contains(".")
        }
        var seen: Set<String> = []
        return looked.map(\.name).filter { !KnownNames.hold($0, known) && seen.insert($0).inserted }
    }

    /// The same with what may have been meant.
    package func unknownNames(in known: [String]) -> [UnknownName] {
        unknown(in: known).map { KnownNames.unknown($0, known) }
    }
}

extension Expression {
    /// The names that `known` does not hold, with what may have been meant. `event.*` there stands for every name that
    /// begins with `event.`, and for `event` itself.
    package func unknownNames(in known: [String]) -> [UnknownName] {
        names.filter { !KnownNames.hold($0, known) }.map { KnownNames.unknown($0, known) }
    }
}

private enum KnownNames {
    static func hold(_ name: String, _ known: [String]) -> Bool {
        known.contains { entry in
            guard entry.hasSuffix(".*") else { return entry == name }
            return name == entry.dropLast(2) || name.hasPrefix(entry.dropLast())
        }
    }

    static func unknown(_ name: String, _ known: [String]) -> UnknownName {
        let names = known.map { $0.hasSuffix(".*") ? String($0.dropLast(2)) : $0 }
        return UnknownName(name: name, nearest: NearestName.find(name, among: names))
    }
}

extension TemplateData {
    /// The names that a template of a job with these steps may use, for `Template.unknown(in:)`.
    package static func names(steps: [String]) -> [String] {
        fixed + ["input.*"] + steps.flatMap { names(ofStep: $0, members: []) }
    }

    /// The names that a template or an expression of a playbook may use.
    ///
    /// - Parameters:
    ///   - steps: with the members that the schema of their results declares; `nil` stands for any member. What is
    ///     inside of a declared member is not looked at.
    ///   - inputs: what a run is given.
    package static func names(steps: [(name: String, members: [String]?)], inputs: [String]) -> [String] {
        let given = inputs.flatMap { ["input.\($0)", "input.\($0).*"] }
        return fixed + given + steps.flatMap { names(ofStep: $0.name, members: $0.members) }
    }

    private static func names(ofStep step: String, members: [String]?) -> [String] {
        [step, "steps.\(step)"].flatMap { name in
            guard let members else { return [name, "\(name).*"] }
            return [name] + (common + members).map { "\(name).\($0)" } + members.map { "\(name).\($0).*" }
                + ["\(name).value.*"]
        }
    }

    private static let fixed = [
        "event.*", "job.name", "run.due", "date", "time", "now", "outcome", "item.*", "user.name", "user.email",
        "user.zone",
    ]
    /// What the result of every step has.
    private static let common = [
        "text", "number", "status", "exitCode", "exit_code", "error", "failed", "succeeded", "changed", "skipped",
    ]
}
