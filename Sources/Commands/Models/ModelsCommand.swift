import ArgumentParser
import Coordination
import Foundation
import JobModel
import ModelProviders
import Settings

/// `rota models`: what the servers of the configured models offer.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Lists the models that the configured servers offer.",
        discussion: "Another server can be asked without being configured: rota models ollama, or openai@URL.")

    @OptionGroup var options: JSONOption
    @Argument(help: "A provider, PROVIDER@URL, or nothing for what is configured.")
    var provider: String?

    func run() async throws {
        let program = Program.current
        let settings = try program.settings().models
        let models = ConfiguredModels(settings, environment: program.environment, time: SystemTimeSource())
        let addresses = try provider.map { [try Self.address($0)] } ?? settings.all
        guard !addresses.isEmpty else {
            program.output.answer(
                "No model is configured; the built-in grammar reads requests. Configure one with "
                    + "\"rota config set model PROVIDER:NAME\", or see what a server offers: rota models ollama")
            return
        }
        var failed = false
        for group in Dictionary(grouping: addresses, by: \.base).sorted(by: { $0.key < $1.key }) {
            failed = await !list(group.value, models, settings, program.output) || failed
        }
        if failed { throw ExitCode(ExitStatus.provider.rawValue) }
    }

    /// `ollama`, `openai@URL` or a whole model.
    private static func address(_ text: String) throws -> ModelAddress {
        let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
        let isModel = parts[0].contains(":")
        do {
            return try ModelAddress(isModel ? text : ([parts[0] + ":any"] + parts.dropFirst()).joined(separator: "@"))
        } catch {
            throw ValidationError("\"\(text)\": \(error)")
        }
    }

    private func list(
        _ addresses: [ModelAddress], _ models: ConfiguredModels, _ settings: ModelSettings, _ output: Output
    ) async -> Bool {
        let place = "\(addresses[0].provider.name) at \(addresses[0].base)"
        let names: [String]
        do {
            names = try await models.served(addresses[0]).offered()
        } catch {
            output.note("\(place) \(error.reason).")
            return false
        }
        let chosen = Set(addresses.filter { settings.all.contains($0) }.map(\.model))
        if !options.json { output.answer(names.isEmpty ? "\(place) offers no model." : "\(place):") }
        for name in names {
            let isChosen = chosen.contains(name)
            output.answer(
                options.json
                    ? Self.row(name, addresses[0], isChosen).compactText
                    : "  \(name)\(isChosen ? "  (configured)" : "")")
        }
        for name in chosen.subtracting(names).sorted() {
            output.note("The configured model \"\(name)\" is not among them.")
        }
        return true
    }

    private static func row(_ name: String, _ address: ModelAddress, _ isChosen: Bool) -> JSONValue {
        [
            "type": "model", "v": 1, "name": .string(name), "provider": .string(address.provider.name),
            "url": .string(address.base), "configured": .bool(isChosen),
        ]
    }
}
