import JobModel

/// What an action of the catalogue is: what it takes, what it gives back, what it may touch.
package struct ActionDefinition: Codable, Hashable, Sendable {
    /// What may come of it, for the person who releases a plan.
    package enum Risk: String, Codable, Sendable, CaseIterable {
        /// Computes; nothing is read and nothing is sent.
        case none
        /// Reads something of this machine or of the network.
        case reads
        /// Tells somebody something.
        case tells
        /// Changes something outside of the program.
        case changes
    }

    /// A part of the world that a parameter names, which the approval of a plan freezes.
    package struct Touch: Codable, Hashable, Sendable {
        package enum Kind: String, Codable, Sendable {
            case request, read, write, secret, recipient, event, playbook
        }

        package var kind: Kind
        /// The parameter that holds the address, path, secret, recipient or name; a member of one as `auth.secret`.
        package var parameter: String
        /// With `request`: the HTTP method, or the parameter that holds it, in braces (`{method}`).
        package var method: String?

        package init(_ kind: Kind, _ parameter: String, method: String? = nil) {
            self.kind = kind
            self.parameter = parameter
            self.method = method
        }
    }

    /// The word for it in playbooks.
    package var name: String
    /// One sentence.
    package var summary: String
    package var risk: Risk
    package var touches: [Touch]
    /// JSON Schema of an object. A text with `"format": "uri"` has its values percent-encoded, one with `"format":
    /// "expression"` is no template, and one with `"format": "json"`, `html` or `markdown` has them escaped for there.
    package var parameters: JSONValue
    /// JSON Schema of what the step comes to as data.
    package var result: JSONValue
    /// A step of a playbook that uses it, as `with` would hold it.
    package var example: [String: JSONValue]
    /// File of an action of the person's own, below the scripts folder; `nil` is a part of the program.
    package var script: String?

    package init(
        name: String, summary: String, risk: Risk, touches: [Touch] = [], parameters: JSONValue, result: JSONValue,
        example: [String: JSONValue] = [:], script: String? = nil
    ) {
        self.name = name
        self.summary = summary
        self.risk = risk
        self.touches = touches
        self.parameters = parameters
        self.result = result
        self.example = example
        self.script = script
    }

    /// The schema of one parameter, or of a member of one (`auth.secret`).
    package func parameter(_ name: String) -> JSONValue? {
        name.split(separator: ".").reduce(parameters) { schema, part in schema?["properties"]?[String(part)] }
    }

    /// The method of a request that the action makes, as a plan with these parameters has it.
    package func method(of touch: Touch, in parameters: [String: JSONValue]) -> String {
        guard let method = touch.method, method.hasPrefix("{") else { return touch.method ?? "GET" }
        let name = String(method.dropFirst().dropLast())
        return (parameters[name]?.string ?? parameter(name)?["default"]?.string ?? "GET").uppercased()
    }
}
