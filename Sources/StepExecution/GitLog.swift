import Foundation
import JobModel

/// The commits of a repository that need not be ours: nothing that it configures is run.
struct GitLog: Sendable {
    struct Failure: Error, Hashable {
        /// One clause.
        let message: String
    }

    private static let mostCommits = 500

    private let programs: ProgramFinder
    private let launcher = ProcessLauncher()

    init(searchPath: [String] = ProgramFinder.defaultFolders) { programs = ProgramFinder(folders: searchPath) }

    /// One line for each commit of the last `hours` hours before `now`, newest first: "1a2b3c4 Fix the clock (Ana)".
    func commits(in directory: String, hours: Int, now: Date, timeout: TimeInterval) async throws(Failure) -> [String] {
        guard let git = programs.find("git") else { throw Failure(message: "git is not installed") }
        let request = ProcessRequest(
            program: git, arguments: arguments(directory, hours: hours, now: now), environment: environment,
            directory: "/", input: nil, timeout: min(timeout, 30))
        let outcome = await launcher.run(request)
        switch outcome.ending {
        case .exited(0): return ResultText.clean(outcome.output.text).split(separator: "\n").map(String.init)
        case .exited: return try Self.commits(afterFailure: ResultText.firstLine(outcome.errors.text), directory)
        case .timedOut: throw Failure(message: "git did not answer in time in \(directory)")
        case .signalled, .cancelled: throw Failure(message: "git was stopped")
        case .notStarted(let reason): throw Failure(message: reason)
        }
    }

    /// A repository without a commit has no commits; that is no failure.
    private static func commits(afterFailure error: String, _ directory: String) throws(Failure) -> [String] {
        if error.contains("does not have any commits yet") { return [] }
        if error.contains("not a git repository") { throw Failure(message: "\(directory) is no git repository") }
        if error.contains("cannot change to") { throw Failure(message: "the folder \(directory) does not exist") }
        throw Failure(message: error.isEmpty ? "git failed in \(directory)" : error)
    }

    private func arguments(_ directory: String, hours: Int, now: Date) -> [String] {
        let stamp = ISO8601DateFormatter()
        let since = stamp.string(from: now.addingTimeInterval(-3600 * Double(hours)))
        return [
            "-C", directory, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
            "-c", "log.showSignature=false", "-c", "protocol.allow=never", "--no-pager", "--no-optional-locks",
            "log", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-notes", "--no-color",
            "--max-count=\(Self.mostCommits)", "--since=\(since)", "--until=\(stamp.string(from: now))",
            "--pretty=tformat:%h %s (%an)",
        ]
    }

    private var environment: [String: String] {
        [
            "PATH": programs.path, "HOME": FileManager.default.homeDirectoryForCurrentUser.path, "LC_ALL": "C.UTF-8",
            "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_PAGER": "cat",
        ]
    }
}
