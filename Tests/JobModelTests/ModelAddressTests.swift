import JobModel
import Testing

@Suite struct ModelAddressTests {
    @Test(arguments: [
        ("openai:gpt-x", "gpt-x", "https://api.openai.com/v1"),
        ("anthropic:claude-x", "claude-x", "https://api.anthropic.com"),
        ("ollama:llama3:8b", "llama3:8b", "http://127.0.0.1:11434"),
        ("openai:llama3:8b@http://127.0.0.1:11434/v1/", "llama3:8b", "http://127.0.0.1:11434/v1"),
        ("openai:org/model@2026@https://models.example.test/v1", "org/model@2026", "https://models.example.test/v1"),
    ])
    func reads(_ text: String, _ model: String, _ base: String) throws {
        let address = try ModelAddress(text)
        #expect(address.model == model)
        #expect(address.base == base)
        #expect(try ModelAddress("\(address)") == address)
    }

    @Test(arguments: [
        ("gpt-x", ModelAddress.Problem.missingProvider),
        ("acme:x@http://127.0.0.1", .unknownProvider("acme")),
        ("openai:", .missingName(provider: "openai")),
        ("openai:@http://127.0.0.1", .missingName(provider: "openai")),
        ("openai:x@127.0.0.1", .badURL(reason: "the address must begin with https:// or http://")),
        ("openai:x@ftp://a", .badURL(reason: "the address must begin with https:// or http://")),
        ("openai:x@http://k:secret@a", .badURL(reason: "the address must not contain a user name or password")),
        ("openai:x@http://a/v1?k=1", .badURL(reason: "it must have no ? and no #")),
    ])
    func refuses(_ text: String, _ problem: ModelAddress.Problem) {
        #expect(throws: problem) { try ModelAddress(text) }
    }

    @Test func namesTheKnownProviders() {
        #expect("\(ModelAddress.Problem.unknownProvider("acme"))".contains("known providers: openai"))
    }
}
