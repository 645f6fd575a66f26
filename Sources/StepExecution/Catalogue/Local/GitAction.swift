import Foundation
import JobModel
import Templates

/// `git`: the commits of a repository in a span of time.
struct GitAction: CatalogueAction {
    let log: GitLog
    let places: FilePlaces
    let zone: String

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let approved = call.approvedText("repository") ?? ""
        guard context.job.capabilities.reads.contains(approved) else {
            return StepResult(error: "reading \(approved) is not approved for this job")
        }
        do {
            let commits = try await log.commits(try span(call, in: context), timeout: context.timeout)
            let lines = commits.map { "\($0.short) \($0.subject) (\($0.author))" }
            return StepResult(
                text: ResultText.clean(lines.joined(separator: "\n")),
                value: ["count": .number(Double(commits.count)), "commits": .array(commits.map(\.value))])
        } catch let problem as ActionProblem {
            return StepResult(error: problem.message)
        } catch {
            return StepResult(error: (error as? GitLog.Failure)?.message ?? "git failed")
        }
    }

    private func span(_ call: FilledCall, in context: StepContext) throws(ActionProblem) -> GitSpan {
        let folder = try places.fixed(call.approvedText("repository") ?? "")
        let moments = MomentText(zone: context.job.schedules.first?.zone ?? zone, now: context.now)
        let since = try moments.moment(call.text("since") ?? "24h", isPast: true)
        let until = try call.text("until").map { text throws(ActionProblem) in try moments.moment(text, isPast: true) }
        guard since < until ?? .distantFuture else { throw ActionProblem("\"since\" is not before \"until\"") }
        return GitSpan(
            directory: folder, since: since, until: until ?? context.now, branch: try Self.branch(call.text("branch")),
            author: try Self.author(call.text("author")))
    }

    /// A name as git allows them, which cannot be taken for a flag or a range.
    private static func branch(_ text: String?) throws(ActionProblem) -> String? {
        guard let text else { return nil }
        let isName = text.allSatisfy { $0.isLetter || $0.isNumber || "._-/+#".contains($0) }
        guard isName, !text.isEmpty, !text.hasPrefix("-"), !text.contains(".."), text.count <= 200 else {
            throw ActionProblem("\(ResultText.firstLine(text)) is no name of a branch")
        }
        return text
    }

    private static func author(_ text: String?) throws(ActionProblem) -> String? {
        guard let text else { return nil }
        guard !text.utf8.contains(0), !text.contains(where: \.isNewline), text.count <= 200 else {
            throw ActionProblem("\(ResultText.firstLine(text)) is no name of an author")
        }
        return text
    }
}

/// Which commits are asked for.
struct GitSpan: Sendable {
    var directory: String
    var since: Date
    var until: Date
    var branch: String?
    var author: String?
}

struct GitCommit: Hashable, Sendable {
    var hash, short, author, date, subject: String

    var value: JSONValue {
        [
            "hash": .string(hash), "short": .string(short), "author": .string(author), "date": .string(date),
            "subject": .string(subject),
        ]
    }

    /// A line of `GitLog.format`; `nil` for anything else.
    init?(_ line: Substring) {
        let parts = line.split(separator: "\u{1F}", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5 else { return nil }
        let clean = parts.map { ResultText.firstLine(String($0)) }
        (hash, short, author, date, subject) = (clean[0], clean[1], clean[2], clean[3], clean[4])
    }
}
