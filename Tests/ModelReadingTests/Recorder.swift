import FakeProviders
import Foundation
import IntentContract
import Interpreters
import JobModel
import ModelProviders
import Signing

/// Renews recordings, where `ROTA_RECORD` says from whom: `fake`, or a model as the settings write it.
///
/// The fake provider says what the recordings say already, so that questions alone are renewed; a real one is asked
/// anew, with the key in `ROTA_MODEL_KEY`.
struct Recorder: Sendable {
    private let source: String
    private let key: String?

    /// `nil` where nothing shall be recorded.
    static let wanted: Recorder? = {
        let environment = ProcessInfo.processInfo.environment
        return environment["ROTA_RECORD"].map { Recorder(source: $0, key: environment["ROTA_MODEL_KEY"]) }
    }()

    /// A real model renews the files of its own provider.
    func renews(_ file: RecordedFile) -> Bool { source == "fake" || source.hasPrefix("\(file.provider):") }

    func renew(_ file: RecordedFile) async throws {
        var recorded = try file.read()
        let server = try Reading.server(saying: recorded.exchanges.map(\.answer))
        let address =
            source == "fake"
            ? try Reading.address(file.provider, model: "fake", at: server) : try ModelAddress(source)
        let key = key
        let served = ServedModel(
            address: address, key: { () async throws(ModelError) in key }, time: ImpatientTime())
        let recorder = RecordingModel(
            served, secrets: [key].compactMap(\.self), digest: { SHA256Digest.hex(of: $0) })
        _ = try await Reading.of(recorded, by: recorder)
        recorded.exchanges = recorder.recording.exchanges
        try file.write(recorded)
    }
}

/// How a case is read by a model.
enum Reading {
    static func of(_ recorded: RecordedCase, by model: any LanguageModel) async throws -> Interpretation {
        let interpreter = ModelInterpreter(model: model, contract: try ContractLibrary.embedded(), readsAlways: true)
        return await interpreter.interpret(recorded.sentence, in: recorded.context)
    }

    /// Says one answer after the other.
    static func server(saying answers: [String]) throws -> FakeProviderServer {
        try FakeProviderServer(answers: answers.isEmpty ? [ProviderAnswer("{}")] : answers.map { ProviderAnswer($0) })
    }

    static func address(_ provider: String, model: String, at server: FakeProviderServer) throws -> ModelAddress {
        let isBare = provider == "anthropic" || provider == "ollama"
        return try ModelAddress("\(provider):\(model)@\(server.url)\(isBare ? "" : "/v1")")
    }
}

/// The machine's clock, without the waits between attempts.
struct ImpatientTime: TimeSource {
    var now: Date { Date() }

    func sleep(until deadline: Date) async throws {}
}
