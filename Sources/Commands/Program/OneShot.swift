import ArgumentParser
import Conversation
import Foundation
import JobModel
import Terminal

/// Requests without a conversation around them: words on the command line, or the lines of a pipe.
struct OneShot {
    var isJSON: Bool
    /// Of the jobs that the words make, above what the words say of them.
    var policies: PolicyChange?

    func answer(_ words: String) async throws -> Int32 {
        let session = try await Workplace.open().session(isInteractive: false, policies: policies)
        return print(await session.say(words)).rawValue
    }

    /// Answers each line; the exit code is the first that is not 0.
    func answerLines(_ lines: AsyncStream<String>) async throws -> Int32 {
        let workplace = try await Workplace.open()
        var exit = ExitStatus.done
        for await line in lines where !line.allSatisfy(\.isWhitespace) {
            // Each line is a request of its own: nobody is there to answer a question of the line before.
            let session = try await workplace.session(isInteractive: false)
            let status = print(await session.say(line))
            if exit == .done { exit = status }
        }
        return exit.rawValue
    }

    @discardableResult
    func print(_ reply: Reply) -> ExitStatus {
        let output = Program.current.output
        if isJSON {
            for record in reply.records { output.answer(record.compactText) }
        } else {
            for line in reply.lines { output.answer(line) }
            if let question = reply.question { output.answer(question.line) }
        }
        return reply.status.exit
    }
}

/// `rota ask WORDS…`: a request whose first word happens to be a command.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ask", abstract: "One request in words.")

    @OptionGroup var options: JSONOption
    @Argument(parsing: .captureForPassthrough, help: "What should happen, and when.")
    var words: [String] = []

    func run() async throws {
        let isJSON = options.json || words.contains("--json")
        let text = words.filter { $0 != "--json" }.joined(separator: " ")
        guard !text.isEmpty else {
            throw ValidationError("Say what should happen, for example: rota ask what is scheduled")
        }
        throw ExitCode(try await OneShot(isJSON: isJSON).answer(text))
    }
}
