/// An action of the catalogue by its name, with what it is given.
package struct ActionCall: Codable, Hashable, Sendable {
    /// As the catalogue has it: `fetch`, `compare`, or the name of an action of the person's own.
    package var name: String
    /// As the action's schema of parameters declares them. Texts in it are templates, filled when the step begins.
    package var parameters: [String: JSONValue]

    package init(_ name: String, _ parameters: [String: JSONValue] = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// A parameter, or a member of one (`auth.secret`).
    package func value(at path: String) -> JSONValue? {
        path.split(separator: ".").reduce(JSONValue.object(parameters)) { value, part in value?[String(part)] }
    }

    /// For people: "fetch https://shop.example.test/price", "save reports/today.md".
    package var words: String {
        let subjects = ["url", "path", "name", "event", "to", "value", "condition", "reason", "for", "until", "sql"]
        guard let subject = subjects.lazy.compactMap({ parameters[$0]?.plainText }).first(where: { !$0.isEmpty }) else {
            return name
        }
        let line = subject.split(whereSeparator: \.isNewline).first.map(String.init) ?? subject
        return "\(name) \(line.count > 80 ? line.prefix(80) + "…" : line)"
    }
}

extension ActionCall {
    /// Whom it tells: addresses of an e-mail, recipients of words. Fixed by the plan, so that a hole is none.
    package var recipients: [Recipient] {
        let names = parameters["to"]?.array?.compactMap(\.string) ?? [parameters["to"]?.string].compactMap(\.self)
        switch name {
        case "email": return names.map { Recipient(gateway: "email", name: $0) }
        case "notify": return names.map { Recipient($0) }
        default: return []
        }
    }
}
