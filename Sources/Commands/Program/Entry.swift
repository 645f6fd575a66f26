import ArgumentParser
import Conversation
import Foundation
import JobModel
import Terminal

/// From the words on the command line to an exit code.
package enum Entry {
    /// Runs the program with `arguments` (without its own name) and returns its exit code.
    package static func run(_ arguments: [String]) async -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        do {
            return try await start(arguments)
        } catch {
            return report(error, arguments: arguments)
        }
    }

    private static func start(_ arguments: [String]) async throws -> Int32 {
        let flags = arguments.filter { $0 == "--json" }
        let words = arguments.filter { $0 != "--json" }
        guard let first = words.first else {
            let piped = Program.current.pipedLines
            if Program.current.stage == nil, TerminalCapabilities.standardInputIsTerminal {
                return try await parse(["chat"])
            }
            return try await OneShot(isJSON: !flags.isEmpty).answerLines(piped)
        }
        if first.hasPrefix("-") || isCommand(first) { return try await parse(arguments) }
        return try await OneShot(isJSON: !flags.isEmpty).answer(words.joined(separator: " "))
    }

    /// Runs a parsed command in the current program.
    static func parse(_ arguments: [String]) async throws -> Int32 {
        var command = try RotaCommand.parseAsRoot(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
        return 0
    }

    static func isCommand(_ word: String) -> Bool {
        let names = RotaCommand.configuration.subcommands.map { $0._commandName }
        return names.contains(word) || word == "help"
    }

    /// Says what went wrong and returns the exit code for it.
    static func report(_ error: any Error, arguments: [String]) -> Int32 {
        let output = Program.current.output
        switch error {
        case let failure as CommandFailure:
            if !failure.message.isEmpty { output.note(failure.message) }
            return failure.exit.rawValue
        case let error as StoreError:
            output.note(error.message)
            return ExitStatus.failed.rawValue
        case let code as ExitCode:
            return code.rawValue
        default:
            return reportUsage(error, arguments: arguments, output: output)
        }
    }

    private static func reportUsage(_ error: any Error, arguments: [String], output: Output) -> Int32 {
        let code = RotaCommand.exitCode(for: error)
        let text = RotaCommand.fullMessage(for: error)
        guard code != .success else {
            output.answer(text)
            return 0
        }
        output.note(text)
        if code == .validationFailure, arguments.count > 1, !arguments.contains(where: { $0.hasPrefix("-") }) {
            output.note("To say it in words, quote them: rota \"\(arguments.joined(separator: " "))\"")
        }
        return code.rawValue
    }
}
