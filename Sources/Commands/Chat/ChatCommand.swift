import ArgumentParser
import Conversation
import Foundation
import Terminal

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "The conversation on a terminal; jobs run in its background.")

    func run() async throws {
        guard TerminalCapabilities.standardInputIsTerminal, TerminalCapabilities.standardOutputIsTerminal else {
            throw CommandFailure(
                "The chat needs a terminal; a pipe is read line by line by plain \"rota\".", exit: .usage)
        }
        let backend = try await ChatService.open()
        await backend.start()
        let loop = ChatLoop(
            backend: backend, options: ChatOptions(historyFile: URL(filePath: Program.current.paths.history)))
        let exit = await loop.run()
        await backend.stop()
        throw ExitCode(exit)
    }
}
