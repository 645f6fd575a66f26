import Conversation
import Foundation

/// The program behind the chat.
package protocol ChatBackend: Sendable {
    /// One turn. Its task is cancelled by Ctrl-C; what it returns then is shown like any reply.
    func say(_ text: String) async -> Reply
    /// Lines to start with.
    func greeting() async -> [String]
    /// Outcome lines to show above the prompt, as they come.
    var announcements: AsyncStream<String> { get }
    /// How far runs are that the person waits for: each line takes the place of the one before.
    var progress: AsyncStream<String> { get }
    /// What `prefix` may be the beginning of: names of jobs, words. The prefix is the last words of the line, up to
    /// four; candidates that do not begin with it are left out.
    func completions(for prefix: String) async -> [String]
    /// A sentence to confirm leaving (jobs would stop running), or nil.
    func farewell() async -> String?
}

/// What a chat needs to know of its surroundings.
package struct ChatOptions: Sendable {
    /// Where typed lines are kept over sessions; nil keeps none.
    package var historyFile: URL?
    package var prompt: String
    package var color: Bool
    /// The environment of the process: `TERM` says whether the cursor can be moved.
    package var environment: [String: String]

    package init(
        historyFile: URL? = nil, prompt: String = "rota> ", color: Bool? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.historyFile = historyFile
        self.prompt = prompt
        self.color = color ?? TerminalCapabilities.colorAllowed(environment: environment)
        self.environment = environment
    }
}
