import ActionCatalogue
import ArgumentParser
import Foundation
import JobModel

struct ActionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions", abstract: "What steps of playbooks can do: the program's actions and your own.",
        subcommands: [ActionsList.self, ActionsShow.self, ActionsCheck.self], defaultSubcommand: ActionsList.self)
}

struct ActionsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All actions, by name.")
    @OptionGroup var options: JSONOption

    func run() async throws {
        let program = Program.current
        let folder = ActionFolder(path: program.paths.actionsFolder)
        let all = ActionCatalogue(own: folder.definitions).all
        let width = all.map(\.name.count).max() ?? 0
        for definition in all {
            let name = definition.name.padding(toLength: width, withPad: " ", startingAt: 0)
            let owner = definition.script == nil ? "" : " (yours)"
            program.output.answer(
                options.json
                    ? ActionRow.json(definition).compactText
                    : "\(name)  \(ActionRow.risk(definition.risk).padding(toLength: 8, withPad: " ", startingAt: 0))"
                        + "\(definition.summary)\(owner)")
        }
        for entry in folder.entries where !entry.isSound {
            program.output.note("\(entry.name) cannot be used: rota actions check says why")
        }
    }
}

struct ActionsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Parameters, result, risk and an example of an action.")
    @OptionGroup var options: JSONOption
    @Argument(help: "Its name; see rota actions list.") var name: String

    func run() async throws {
        let program = Program.current
        let own = ActionFolder(path: program.paths.actionsFolder).definitions
        guard let definition = ActionCatalogue(own: own)[name] else {
            throw CommandFailure("There is no action \"\(name)\"; rota actions list shows those that there are.")
        }
        if options.json { return program.output.answer(ActionRow.json(definition).compactText) }
        for line in ActionPage(definition).lines { program.output.answer(line) }
    }
}

struct ActionsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "What is wrong with your own actions, with file and line; 1 if anything is.")
    @OptionGroup var options: JSONOption
    @Argument(help: "A folder of actions; your own one where none is named.") var folder: String?

    func run() async throws {
        let program = Program.current
        let place = folder.map { URL(filePath: $0).standardizedFileURL.path } ?? program.paths.actionsFolder
        guard FileManager.default.fileExists(atPath: place) else {
            throw CommandFailure("There is no folder \(place); put a folder for each action there.")
        }
        let entries = ActionFolder(path: place).entries
        for entry in entries {
            if options.json {
                program.output.answer(ActionRow.check(entry).compactText)
            } else if entry.isSound {
                program.output.answer("\(entry.name): sound")
            } else {
                for problem in entry.problems { program.output.answer(problem.line(of: entry.name)) }
            }
        }
        if entries.isEmpty, !options.json { program.output.answer("There is no action in \(place).") }
        if !entries.allSatisfy(\.isSound) { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
