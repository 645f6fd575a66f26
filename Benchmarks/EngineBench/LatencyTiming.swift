import FakeProviders
import Foundation
import HTTPTransport
import IntentContract
import Interpreters
import JobModel
import ModelProviders
import Synchronization

/// Times requests to a model that answers at once, on this machine: what is left after the time of a bare HTTP request
/// with the same bytes is ours.
struct LatencyTiming {
    struct Report {
        let text: String
        /// In each line 99 of 100 requests took at most 5 ms of ours.
        let isWithinBar: Bool
    }

    private static let bar = 5_000.0
    private static let rounds = 300

    private static let providers: [(ProviderDialect, String, path: String)] = [
        (.openAIChat, "openai", "/v1"), (.openAIResponses, "openai-responses", "/v1"), (.anthropic, "anthropic", ""),
        (.ollama, "ollama", ""),
    ]

    func report() async throws -> Report {
        var lines = ["microseconds of ours a request to a model: \(Self.rounds) rounds, less a bare request"]
        var isWithinBar = true
        for (dialect, provider, path) in Self.providers {
            let bench = try LatencyBench(dialect, provider: provider, path: path)
            for (name, own) in [("the client", bench.askDirectly), ("with reading", bench.interpret)] {
                let (bare, ours) = try await bench.compare(own, rounds: Self.rounds)
                let (p50, p99) = (ours.quantile(0.5) - bare.quantile(0.5), ours.quantile(0.99) - bare.quantile(0.5))
                isWithinBar = isWithinBar && p99 <= Self.bar
                lines.append(
                    "\(dialect.rawValue), \(name): p50 \(Int(p50))  p99 \(Int(p99))  (bare: p50 "
                        + "\(Int(bare.quantile(0.5)))  p99 \(Int(bare.quantile(0.99))))")
            }
        }
        lines.append("bar: p99 within \(Int(Self.bar)): \(isWithinBar ? "met" : "NOT MET")")
        return Report(text: lines.joined(separator: "\n"), isWithinBar: isWithinBar)
    }
}

/// One dialect: a fake provider that answers each sentence as the grammar reads it.
private struct LatencyBench {
    private let server: FakeProviderServer
    private let model: ServedModel
    private let interpreter: ModelInterpreter
    private let client = HTTPClient()
    private let answer: String
    private let sentence = BuiltInRequests.all[0]
    private let context = InterpretationContext(now: Date(timeIntervalSince1970: 1_770_000_000), zone: "Europe/Berlin")
    private let schema: JSONValue

    init(_ dialect: ProviderDialect, provider: String, path: String) throws {
        let intents = try OfflineInterpreter().read(sentence).intents.map { try JSONValue(encoding: $0) }
        let text = JSONValue.object(["intents": .array(intents), "times": .null, "question": .null]).compactText
        answer = text
        server = try FakeProviderServer { _ in ProviderAnswer(text) }
        let address = try ModelAddress("\(provider):M@\(server.url)\(path)")
        model = ServedModel(
            address: address, key: { () async throws(ModelError) in nil }, time: WallClock(), client: client)
        let contract = try ContractLibrary.embedded()
        schema = contract.answerSchema
        interpreter = ModelInterpreter(model: model, contract: contract, readsAlways: true)
    }

    func askDirectly() async throws {
        let reply = try await model.complete(ModelRequest(instructions: "S", input: sentence, schema: schema))
        precondition(reply.text == answer, "another answer")
    }

    func interpret() async throws {
        let reading = await interpreter.interpret(sentence, in: context)
        precondition(reading.basis?.strategy == .model, "the model was not believed")
    }

    /// Both in turn, so that a busy machine slows both; in microseconds, sorted.
    func compare(
        _ own: () async throws -> Void, rounds: Int
    ) async throws -> (bare: [Double], ours: [Double]) {
        for _ in 0..<20 { try await own() }
        guard let last = server.requests.last else { preconditionFailure("nothing was asked") }
        let bytes = Array(last.body.compactText.utf8)
        var (bare, ours): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            let plain = try await ContinuousClock().measure { try await send(bytes, as: last) }
            let whole = try await ContinuousClock().measure { try await own() }
            bare.append(plain / .microseconds(1))
            ours.append(whole / .microseconds(1))
        }
        return (bare.sorted(), ours.sorted())
    }

    private func send(_ bytes: [UInt8], as request: ProviderRequest) async throws {
        let reply = try await client.send(
            HTTPRequest(
                method: "POST", url: server.url + request.dialect.path,
                headers: [("Content-Type", "application/json"), ("anthropic-version", "2023-06-01")], body: bytes,
                policy: .configuredHost))
        precondition(reply.status == 200, "the fake refuses the request")
    }
}

struct WallClock: TimeSource {
    var now: Date { Date() }
    func sleep(until deadline: Date) async throws {
        try await Task.sleep(for: .seconds(deadline.timeIntervalSince(now)))
    }
}

extension [Double] {
    /// Of a sorted list.
    fileprivate func quantile(_ part: Double) -> Double { self[Int(Double(count - 1) * part)] }
}
