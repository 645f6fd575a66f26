/// The four ways in which providers of models are talked to.
package enum ProviderDialect: String, CaseIterable, Sendable {
    case openAIChat = "openai-chat"
    case openAIResponses = "openai-responses"
    case anthropic
    case ollama

    /// Where the dialect's requests for an answer go.
    package var path: String {
        switch self {
        case .openAIChat: "/v1/chat/completions"
        case .openAIResponses: "/v1/responses"
        case .anthropic: "/v1/messages"
        case .ollama: "/api/chat"
        }
    }

    package var wire: any ProviderWire {
        switch self {
        case .openAIChat: OpenAIChatWire()
        case .openAIResponses: OpenAIResponsesWire()
        case .anthropic: AnthropicWire()
        case .ollama: OllamaWire()
        }
    }
}
