import FakeProviders
import Foundation
import IntentContract
import Interpreters
import JobModel
import ModelProviders
import Signing
import Testing

/// What is asked of models is what was asked when the answers were recorded, and the answers still mean the same.
@Suite("Recorded prompts", .timeLimit(.minutes(2)))
struct RecordedPromptTests {
    @Test(arguments: RecordedFile.all)
    func mean(_ file: RecordedFile) async throws {
        if let recorder = Recorder.wanted, recorder.renews(file) { try await recorder.renew(file) }
        let recorded = try file.read()
        let server = try Reading.server(saying: recorded.exchanges.map(\.answer))
        let name = recorded.exchanges.first?.model?.split(separator: ":", maxSplits: 1).last.map(String.init) ?? "fake"
        let model = ServedModel(
            address: try Reading.address(file.provider, model: name, at: server),
            key: { () async throws(ModelError) in nil }, time: ImpatientTime())
        let reading = try await Reading.of(recorded, by: model)
        #expect(try RecordedCase.Expected(reading) == recorded.expected)
        #expect(server.refusals.isEmpty)
        try #require(server.requests.count == recorded.exchanges.count)
        for (request, exchange) in zip(server.requests, recorded.exchanges) { compare(request, exchange) }
    }

    /// A question that is put in other words than when it was recorded has to be recorded again, on purpose.
    private func compare(_ request: ProviderRequest, _ exchange: ModelRecording.Exchange) {
        let prompt = ModelRecording.prompt(request.instructions, request.schema) { SHA256Digest.hex(of: $0) }
        #expect(prompt == exchange.prompt, "the \(exchange.schemaName) prompt changed: Scripts/record-prompts")
        #expect(request.input == exchange.input)
    }

    @Test func areThereForBothQuestionsInTwoDialects() {
        for provider in ["anthropic", "openai"] {
            let files = RecordedFile.all.filter { $0.provider == provider }
            #expect(files.count { $0.question == "understanding" } >= 12)
            #expect(files.count { $0.question == "planning" } >= 4)
        }
    }

    /// A changed prompt is seen by its digest alone.
    @Test func noticeAnotherPrompt() {
        let digest = { (text: String) in SHA256Digest.hex(of: text) }
        let prompt = ModelRecording.prompt("S", ["type": "object"], digest: digest)
        #expect(prompt == ModelRecording.prompt("S", ["type": "object"], digest: digest))
        #expect(prompt != ModelRecording.prompt("S.", ["type": "object"], digest: digest))
        #expect(prompt != ModelRecording.prompt("S", ["type": "array"], digest: digest))
        #expect(prompt != ModelRecording.prompt("S", nil, digest: digest))
    }

    @Test(arguments: RecordedFile.all) func holdNoKey(_ file: RecordedFile) throws {
        let text = try String(contentsOf: RecordedFile.folder.appending(path: file.path), encoding: .utf8)
        #expect(text.firstMatch(of: /sk-[A-Za-z0-9]{8}|Bearer |x-api-key/) == nil)
    }
}
