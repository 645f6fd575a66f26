/// A kind of service that serves language models: what it speaks, and where it usually is.
package struct ModelProvider: Hashable, Sendable {
    /// How requests and answers are written on the wire.
    package enum Dialect: String, Sendable, CaseIterable {
        /// OpenAI's chat completions, which most servers speak.
        case chatCompletions = "chat"
        /// OpenAI's Responses.
        case responses
        /// Anthropic's Messages.
        case messages
        /// Ollama's own chat.
        case ollama
    }

    /// As a setting writes it: `anthropic`.
    package let name: String
    package let dialect: Dialect
    /// Requests go to paths below it; without a slash at its end.
    package let usualBase: String
    /// The environment variable that holds the provider's key.
    package let keyVariable: String

    package static let all: [ModelProvider] = [
        ModelProvider("openai", .chatCompletions, "https://api.openai.com/v1", "OPENAI_API_KEY"),
        ModelProvider("openai-responses", .responses, "https://api.openai.com/v1", "OPENAI_API_KEY"),
        ModelProvider("anthropic", .messages, "https://api.anthropic.com", "ANTHROPIC_API_KEY"),
        ModelProvider("ollama", .ollama, "http://127.0.0.1:11434", "OLLAMA_API_KEY"),
        ModelProvider("openrouter", .chatCompletions, "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        ModelProvider("llamacpp", .chatCompletions, "http://127.0.0.1:8080/v1", "LLAMA_API_KEY"),
        ModelProvider("lmstudio", .chatCompletions, "http://127.0.0.1:1234/v1", "LMSTUDIO_API_KEY"),
        ModelProvider("vllm", .chatCompletions, "http://127.0.0.1:8000/v1", "VLLM_API_KEY"),
    ]

    package static func named(_ name: String) -> ModelProvider? { all.first { $0.name == name } }

    /// The variable that holds the key of the configured model, whatever its provider is.
    package static let commonKeyVariable = "ROTA_MODEL_KEY"

    private init(_ name: String, _ dialect: Dialect, _ usualBase: String, _ keyVariable: String) {
        self.name = name
        self.dialect = dialect
        self.usualBase = usualBase
        self.keyVariable = keyVariable
    }
}
