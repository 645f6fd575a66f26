import ArgumentParser
import Foundation
import Settings

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The settings: what holds, and where it comes from.",
        subcommands: [ConfigList.self, ConfigGet.self, ConfigSet.self, ConfigUnset.self],
        defaultSubcommand: ConfigList.self)
}

/// Runs `body`, turning an error of the settings into the sentence that it is.
private func withSettings<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as SettingsError { throw CommandFailure("\(error)") }
}

struct ConfigList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every setting with its value and origin.")

    func run() async throws {
        let program = Program.current
        let rows = try withSettings {
            try ProgramSettings.listing(paths: program.paths, environment: program.environment)
        }
        for row in rows { program.output.answer("\(row.key) = \(row.value ?? "(not set)")  [\(row.origin)]") }
    }
}

struct ConfigGet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "get", abstract: "One setting's value.")
    @Argument var key: String

    func run() async throws {
        let program = Program.current
        let rows = try withSettings {
            try ProgramSettings.listing(paths: program.paths, environment: program.environment)
        }
        guard let row = rows.first(where: { $0.key == key }) else {
            throw CommandFailure("There is no setting \"\(key)\"; \"rota config list\" shows them all.")
        }
        program.output.answer(row.value ?? "")
    }
}

struct ConfigSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Sets a value in config.yaml, for example: model openai:NAME@URL")
    @Argument var key: String
    @Argument var value: String

    func run() async throws {
        let program = Program.current
        try withSettings {
            do { try program.paths.createFolders() } catch { throw CommandFailure("\(error)") }
            try SettingsFile(path: program.paths.configFile).set(key, to: value)
        }
        program.output.answer("\(key) = \(value)  [\(program.paths.configFile)]")
    }
}

struct ConfigUnset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset", abstract: "Takes a setting out of config.yaml.")
    @Argument var key: String

    func run() async throws {
        let program = Program.current
        let was = try withSettings { try SettingsFile(path: program.paths.configFile).unset(key) }
        program.output.answer(was ? "\(key) is not set any more." : "\(key) was not set.")
    }
}
