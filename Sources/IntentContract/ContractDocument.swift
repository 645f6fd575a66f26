import JobModel

/// One file of the contract: an intent's meaning, its JSON Schema and example requests.
package struct ContractDocument: Codable, Hashable, Sendable {
    package struct Example: Codable, Hashable, Sendable {
        package var text: String
        /// The intents that the text means, in order, with every member written out.
        package var intents: [JSONValue]
    }

    package var intent: String
    package var summary: String
    package var schema: JSONValue
    package var examples: [Example]
}
