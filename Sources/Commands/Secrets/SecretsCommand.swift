import ArgumentParser
import JobModel
import Settings
import StepExecution

/// `rota secrets`: which secrets the settings name. Values are never shown.
struct SecretsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secrets", abstract: "The secrets that steps may use by name; values are never shown.",
        subcommands: [SecretsList.self, SecretsTest.self], defaultSubcommand: SecretsList.self)
}

struct SecretsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Each secret, where its value is, and the hosts that may get it.")
    @OptionGroup var options: JSONOption

    func run() async throws {
        let program = Program.current
        let secrets = try program.settings().secrets
        if secrets.isEmpty, !options.json {
            program.output.answer("No secret is named in \(program.paths.configFile); \"secrets.NAME.env\" names one.")
        }
        for secret in secrets {
            program.output.answer(
                options.json
                    ? Self.row(secret).compactText
                    : "\(secret.name): \(secret.source.words), for \(secret.hosts.joined(separator: ", "))")
        }
    }

    private static func row(_ secret: SecretSetting) -> JSONValue {
        [
            "type": "secret", "v": 1, "name": .string(secret.name), "source": .string(secret.source.words),
            "hosts": .array(secret.hosts.map(JSONValue.string)),
        ]
    }
}

struct SecretsTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Whether a secret's value can be read now.")
    @Argument var name: String

    func run() async throws {
        let program = Program.current
        let secrets = try program.settings().secrets
        guard let secret = secrets.first(where: { $0.name == name }) else {
            throw CommandFailure("There is no secret \"\(name)\"; \"rota secrets list\" shows them all.")
        }
        let value: String?
        do {
            value = try await SecretReader(environment: program.environment).value(of: secret.source)
        } catch {
            throw CommandFailure("\(name) cannot be read: \(error.message).")
        }
        guard value != nil else { throw CommandFailure("\(name) is empty: \(secret.source.words) holds nothing.") }
        program.output.answer("\(name) can be read from \(secret.source.words).")
    }
}
