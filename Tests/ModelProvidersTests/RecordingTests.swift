import FakeProviders
import Foundation
import JobModel
import TestSupport
import Testing

@testable import ModelProviders

@Suite("Recordings of models", .timeLimit(.minutes(1)))
struct RecordingTests {
    private static func request(_ input: String, name: String = "intents") -> ModelRequest {
        ModelRequest(instructions: "S", input: input, schema: ["type": "object"], schemaName: name)
    }

    /// What a provider said once is said again without it, for the same question at another moment.
    @Test func areRecordedAndPlayedAgain() async throws {
        let server = try FakeProviderServer { ProviderAnswer("{\"said\":\"\($0.input.count)\"}") }
        let key = "sk-canary-4711"
        let address = try ModelAddress("anthropic:M@\(server.url)")
        let served = ServedModel(
            address: address, key: { () async throws(ModelError) in key }, time: JumpingClock())
        let recorder = RecordingModel(served, secrets: [key])
        let asked = Self.request("Request: \"my key is \(key)\"\nNow: Monday 09:00")
        let first = try await recorder.complete(asked)
        let file = FileManager.default.temporaryDirectory.appending(path: "recording-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try recorder.recording.write(to: file)
        #expect(!(try String(contentsOf: file, encoding: .utf8)).contains("canary"))

        let replayed = ReplayedModel(try ModelRecording(contentsOf: file))
        let again = try await replayed.complete(Self.request("Request: \"my key is …\"\nNow: Friday 17:00"))
        #expect(again.text == first.text)
        #expect(again.inputTokens == first.inputTokens)
        #expect(again.model == "anthropic:M")
    }

    @Test func playEachExchangeOnceAndNoOther() async throws {
        let exchange = ModelRecording.Exchange(schemaName: "intents", input: "a", answer: "1")
        var other = exchange
        other.answer = "2"
        let model = ReplayedModel(ModelRecording(exchanges: [exchange, other]))
        #expect(try await model.complete(Self.request("a")).text == "1")
        #expect(try await model.complete(Self.request("a")).text == "2")
        let nothing = ModelError.malformed("nothing is recorded for this question")
        await #expect(throws: nothing) { try await model.complete(Self.request("a")) }
        let fresh = ReplayedModel(ModelRecording(exchanges: [exchange]))
        await #expect(throws: nothing) { try await fresh.complete(Self.request("a", name: "steps")) }
        await #expect(throws: nothing) { try await fresh.complete(Self.request("b")) }
    }

    @Test func keepNothingOfAFailure() async throws {
        let server = try FakeProviderServer(text: "{}", faults: [.truncated])
        let served = ServedModel(
            address: try ModelAddress("ollama:M@\(server.url)"), key: { () async throws(ModelError) in nil },
            time: JumpingClock())
        let recorder = RecordingModel(served)
        await #expect(throws: ModelError.self) { try await recorder.complete(Self.request("a")) }
        #expect(recorder.recording.exchanges.isEmpty)
    }
}
