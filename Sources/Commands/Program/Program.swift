import Conversation
import Coordination
import Foundation
import JobModel
import Settings

/// The program that a command runs in: its places, its settings, its clock and its way to speak.
///
/// Commands find it in `Program.current`, so that a transcript can run them against a world of its own.
struct Program: Sendable {
    @TaskLocal static var current = Program.live()

    var paths: ProgramPaths
    var environment: [String: String]
    var output: Output
    var now: @Sendable () -> Date
    /// In a transcript: the store and the conversation that commands use instead of opening their own.
    var stage: ConversationSession.Environment?
    /// In a transcript: what is piped into the command.
    var input: [String]?
    /// In a transcript: what the files hold that commands are given by name.
    var files: (@Sendable (String) -> String?)?

    static func live() -> Program {
        Program(
            paths: .current(), environment: ProcessInfo.processInfo.environment, output: .standard,
            now: { SystemClock.now },
            stage: nil)
    }

    /// The settings; a broken file ends the command with the sentence that names the place.
    func settings() throws -> ProgramSettings {
        do {
            return try ProgramSettings.load(paths: paths, environment: environment)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    func zone(_ settings: ProgramSettings) -> String {
        settings.timezone ?? systemTimeZoneName(environment: environment)
    }
}

/// Where a command's words go: answers to standard output, everything else to standard error.
struct Output: Sendable {
    var answer: @Sendable (String) -> Void
    var note: @Sendable (String) -> Void

    static let standard = Output(
        answer: { line in write(line, to: .standardOutput) },
        note: { line in write(line, to: .standardError) })

    /// Whoever reads may have heard enough (`rota jobs | head -1`): the program then ends as any other does, by SIGPIPE,
    /// which it ignores elsewhere.
    private static func write(_ line: String, to handle: FileHandle) {
        do {
            try handle.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            guard Self.isClosedPipe(error) else {
                if handle !== FileHandle.standardError {
                    try? FileHandle.standardError.write(contentsOf: Data("rota: cannot write: \(error)\n".utf8))
                }
                exit(ExitStatus.failed.rawValue)
            }
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
            exit(ExitStatus.failed.rawValue)
        }
    }
}

extension Output {
    private static func isClosedPipe(_ error: any Error) -> Bool {
        let error = error as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        return cause.domain == NSPOSIXErrorDomain && cause.code == Int(EPIPE)
    }
}

/// A command that could not do what was asked: a sentence and an exit code.
struct CommandFailure: Error {
    var message: String
    var exit: ExitStatus

    init(_ message: String, exit: ExitStatus = .failed) {
        self.message = message
        self.exit = exit
    }
}

/// Exit codes of the program.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case notUnderstood = 3
    case needsAnswer = 4
    case provider = 5
    case usage = 64
    case interrupted = 130
}

extension Reply.Status {
    var exit: ExitStatus {
        switch self {
        case .done: .done
        case .failed: .failed
        case .notUnderstood: .notUnderstood
        case .needsAnswer: .needsAnswer
        case .provider: .provider
        }
    }
}
