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
        let since = now.addingTimeInterval(-3600 * Double(hours))
        let span = GitSpan(directory: directory, since: since, until: now)
        let output = try await output(of: span, format: "%h %s (%an)", timeout: timeout)
        return ResultText.clean(output).split(separator: "\n").map(String.init)
    }

    /// Newest first.
    func commits(_ span: GitSpan, timeout: TimeInterval) async throws(Failure) -> [GitCommit] {
        let output = try await output(of: span, format: "%H%x1f%h%x1f%an%x1f%aI%x1f%s", timeout: timeout)
        return output.split(separator: "\n").compactMap { GitCommit($0) }
    }

    private func output(of span: GitSpan, format: String, timeout: TimeInterval) async throws(Failure) -> String {
        guard let git = programs.find("git") else { throw Failure(message: "git is not installed") }
        let directory = span.directory
        var request = ProcessRequest(
            program: git, arguments: arguments(span, format: format), environment: environment,
            directory: "/", input: nil, timeout: min(timeout, 30))
        request.outputLimit = 256 << 10
        let outcome = await launcher.run(request)
        switch outcome.ending {
        case .exited(0): return outcome.output.text
        case .exited: return try Self.commits(afterFailure: ResultText.firstLine(outcome.errors.text), span)
        case .timedOut: throw Failure(message: "git did not answer in time in \(directory)")
        case .signalled, .cancelled: throw Failure(message: "git was stopped")
        case .notStarted(let reason): throw Failure(message: reason)
        }
    }

    /// A repository without a commit has no commits; that is no failure.
    private static func commits(afterFailure error: String, _ span: GitSpan) throws(Failure) -> String {
        let directory = span.directory
        if error.contains("does not have any commits yet") { return "" }
        if let branch = span.branch, error.contains("unknown revision") || error.contains("bad revision") {
            throw Failure(message: "there is no branch \(branch) in \(directory)")
        }
        if error.contains("not a git repository") { throw Failure(message: "\(directory) is no git repository") }
        if error.contains("cannot change to") { throw Failure(message: "the folder \(directory) does not exist") }
        throw Failure(message: error.isEmpty ? "git failed in \(directory)" : error)
    }

    private func arguments(_ span: GitSpan, format: String) -> [String] {
        let stamp = ISO8601DateFormatter()
        var arguments = [
            "-C", span.directory, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
            "-c", "log.showSignature=false", "-c", "protocol.allow=never", "--no-pager", "--no-optional-locks",
            "log", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-notes", "--no-color",
            "--max-count=\(Self.mostCommits)", "--since=\(stamp.string(from: span.since))",
            "--until=\(stamp.string(from: span.until))", "--pretty=tformat:\(format)",
        ]
        // The words of a name, not a pattern.
        if let author = span.author { arguments += ["--fixed-strings", "--author=\(author)"] }
        // What stands behind it is a branch, whatever it looks like, and no path.
        if let branch = span.branch { arguments += ["--end-of-options", branch, "--"] }
        return arguments
    }

    private var environment: [String: String] {
        [
            "PATH": programs.path, "HOME": FileManager.default.homeDirectoryForCurrentUser.path, "LC_ALL": "C.UTF-8",
            "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_PAGER": "cat",
        ]
    }
}
