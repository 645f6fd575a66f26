import FakeProviders
import Foundation
import HTTPTransport
import JobModel
import ModelProviders

extension ProviderDialect {
    /// The same as the program names it.
    var spoken: ModelProvider.Dialect {
        switch self {
        case .openAIChat: .chatCompletions
        case .openAIResponses: .responses
        case .anthropic: .messages
        case .ollama: .ollama
        }
    }

    /// A provider that speaks it, and where that is below the address of a fake server.
    fileprivate var address: (provider: String, path: String) {
        switch self {
        case .openAIChat: ("openai", "/v1")
        case .openAIResponses: ("openai-responses", "/v1")
        case .anthropic: ("anthropic", "")
        case .ollama: ("ollama", "")
        }
    }
}

/// A model at a fake provider, on a clock that jumps.
struct FakeProviderBench {
    static let schema: JSONValue = [
        "type": "object", "properties": ["kind": ["type": "string"]], "required": ["kind"],
        "additionalProperties": false,
    ]

    let server: FakeProviderServer
    let clock = JumpingClock()
    let model: ServedModel

    init(_ dialect: ProviderDialect, _ server: FakeProviderServer) throws {
        self.server = server
        let address = try ModelAddress("\(dialect.address.provider):M@\(server.url)\(dialect.address.path)")
        model = ServedModel(
            address: address, key: { () async throws(ModelError) in "sk-1" }, time: clock, client: HTTPClient(),
            jitter: { $0.upperBound })
    }

    func complete(
        _ input: String = "U", schema: JSONValue? = schema, timeout: TimeInterval = 30
    ) async -> Result<ModelAnswer, ModelError> {
        let request = ModelRequest(instructions: "S", input: input, schema: schema, timeout: timeout)
        do throws(ModelError) { return .success(try await model.complete(request)) } catch { return .failure(error) }
    }
}
