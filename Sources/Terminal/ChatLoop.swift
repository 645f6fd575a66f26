import Conversation
import Foundation
import Glibc

/// A conversation on a terminal: reads lines, shows replies, and prints outcomes above what is being typed.
package struct ChatLoop: Sendable {
    private let backend: any ChatBackend
    private let options: ChatOptions
    private let style: ReplyStyle

    package init(backend: any ChatBackend, options: ChatOptions) {
        self.backend = backend
        self.options = options
        style = ReplyStyle(color: options.color)
    }

    /// Runs until the person leaves and gives the terminal back. Returns the exit code: 0, 128 and the number of the
    /// signal that ended it, or 1 where the terminal could not be opened (said on standard error).
    package func run() async -> Int32 {
        let terminal: TerminalSession
        do {
            let movesCursor =
                TerminalCapabilities.standardOutputIsTerminal
                && TerminalCapabilities.cursorMoves(environment: options.environment)
            terminal = try TerminalSession(style: style, movesCursor: movesCursor)
            try await terminal.open { await complete($0) }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            return 1
        }
        let pipe = terminal.mailbox.pipe
        let code = await withTaskCancellationHandler {
            await converseWithAnnouncements(on: terminal)
        } onCancel: {
            pipe.cancel()
        }
        await terminal.close()
        return code
    }

    private func converseWithAnnouncements(on terminal: TerminalSession) async -> Int32 {
        await withTaskGroup(of: Void.self) { group in
            let mailbox = terminal.mailbox
            group.addTask {
                for await line in backend.announcements { mailbox.post(style.outcome(line)) }
            }
            group.addTask {
                for await line in backend.progress { mailbox.post(progress: line) }
            }
            let code = await converse(on: terminal)
            group.cancelAll()
            return code
        }
    }

    private func converse(on terminal: TerminalSession) async -> Int32 {
        var history = ChatHistory(file: options.historyFile.map(HistoryFile.init))
        await terminal.remember(history.load())
        if case .stopped(let signal) = await show({ await backend.greeting() }, on: terminal) {
            return ChatLoop.exitCode(signal)
        }
        await warn(of: &history, on: terminal)
        var isAsked = false
        while true {
            let step: Step
            switch await terminal.readLine(prompt: options.prompt) {
            case .line(let text):
                await terminal.remember(history.add(text, answersQuestion: isAsked))
                await warn(of: &history, on: terminal)
                step = await handle(text, isAsked: &isAsked, on: terminal)
            case .cleared: step = .goOn
            case .endOfInput: step = await mayLeave(on: terminal)
            case .inputClosed: step = .leave(0)
            case .stopped(let signal): step = .leave(ChatLoop.exitCode(signal))
            }
            if case .leave(let code) = step { return code }
        }
    }
}

// MARK: Turns

extension ChatLoop {
    private enum Step { case goOn, leave(Int32) }

    private static func exitCode(_ signal: Int32) -> Int32 { signal == 0 ? 0 : 128 + signal }

    private func handle(_ text: String, isAsked: inout Bool, on terminal: TerminalSession) async -> Step {
        switch SlashCommands.read(text) {
        case .say(let words):
            guard !words.isEmpty else { return .goOn }
            return await say(words, isHelp: text.hasPrefix("/help"), isAsked: &isAsked, on: terminal)
        case .mistake(let sentence):
            await terminal.print(style.plain([sentence]))
            return .goOn
        case .leave: return await mayLeave(on: terminal)
        }
    }

    private func say(_ words: String, isHelp: Bool, isAsked: inout Bool, on terminal: TerminalSession) async -> Step {
        let mailbox = terminal.mailbox
        let waited = await terminal.wait(for: { await backend.say(words) }) { mailbox.post(style.lines(of: $0)) }
        switch waited {
        case .finished(let reply):
            isAsked = reply.question != nil
            await terminal.print(style.lines(of: reply) + (isHelp ? SlashCommands.overview : []))
        case .abandoned:
            await terminal.print([style.hint("It has not ended yet; its answer is shown when it comes.")])
        case .stopped(let signal): return .leave(ChatLoop.exitCode(signal))
        }
        return .goOn
    }

    private func show(
        _ lines: @escaping @Sendable () async -> [String], on terminal: TerminalSession
    ) async -> TerminalSession.Waited<[String]> {
        let mailbox = terminal.mailbox
        let waited = await terminal.wait(for: lines) { mailbox.post(style.plain($0)) }
        if case .finished(let lines) = waited { await terminal.print(style.plain(lines)) }
        return waited
    }

    /// Asks once where leaving would stop something; a second Ctrl-D means yes.
    private func mayLeave(on terminal: TerminalSession) async -> Step {
        switch await terminal.wait(for: { await backend.farewell() }, late: { _ in }) {
        case .finished(nil), .abandoned: return .leave(0)
        case .stopped(let signal): return .leave(ChatLoop.exitCode(signal))
        case .finished(let sentence?): await terminal.print(style.plain([ChatLoop.withoutQuestion(sentence)]))
        }
        switch await terminal.readLine(prompt: ChatLoop.leavingQuestion + " ") {
        case .line(let answer): return ["y", "yes"].contains(answer.trimmed.lowercased()) ? .leave(0) : .goOn
        case .cleared: return .goOn
        case .endOfInput, .inputClosed: return .leave(0)
        case .stopped(let signal): return .leave(ChatLoop.exitCode(signal))
        }
    }

    private static let leavingQuestion = "Leave? [y/N]"

    /// The prompt asks; a sentence that asks the same does not need to.
    static func withoutQuestion(_ sentence: String) -> String {
        let text = sentence.trimmed
        return text.hasSuffix(leavingQuestion) ? String(text.dropLast(leavingQuestion.count)).trimmed : text
    }

    private func warn(of history: inout ChatHistory, on terminal: TerminalSession) async {
        guard let warning = history.takeWarning() else { return }
        await terminal.print([style.hint(warning)])
    }

    /// What Tab does after `text`: slash commands at the start of a line, else whatever the backend knows.
    private func complete(_ text: String) async -> Completion {
        if text.hasPrefix("/"), !text.contains(where: \.isWhitespace) {
            return Completion.of(text, from: SlashCommands.names)
        }
        for prefix in Completion.prefixes(of: text) {
            let completion = Completion.of(prefix, from: await backend.completions(for: prefix))
            if completion != .none { return completion }
        }
        return .none
    }
}
