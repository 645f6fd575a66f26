import JobModel

/// An action of the catalogue, as it is carried out. Never throws: a failure is a result.
package protocol CatalogueAction: Sendable {
    /// - Parameter call: valid by the action's schema, with every template filled.
    func run(_ call: FilledCall, in context: StepContext) async -> StepResult
}

/// What an action is given.
package struct FilledCall: Hashable, Sendable {
    package var name: String
    /// By the name of the parameter; of the kinds that the action's schema declares, with its defaults filled in.
    package var parameters: [String: JSONValue]
    /// The parameters as the plan has them, with their holes: what an approval was given for.
    package var approved: [String: JSONValue]

    package init(name: String, parameters: [String: JSONValue], approved: [String: JSONValue]) {
        self.name = name
        self.parameters = parameters
        self.approved = approved
    }

    package subscript(name: String) -> JSONValue? { parameters[name].flatMap { $0.isNull ? JSONValue?.none : $0 } }
    /// A number or a truth reads as it is written.
    package func text(_ name: String) -> String? { self[name]?.plainText }
    package func number(_ name: String) -> Double? { self[name]?.number }
    package func truth(_ name: String) -> Bool? { self[name]?.bool }
    package func texts(_ name: String) -> [String] { self[name]?.array?.map(\.plainText) ?? [] }

    /// The parameter as it was approved.
    package func approvedText(_ name: String) -> String? { approved[name]?.string }
}
