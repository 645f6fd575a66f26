import Foundation
import JobModel

/// What the program itself collects for a prompt.
struct PromptMaterial: Sendable {
    struct Part: Hashable, Sendable {
        /// "3 commits in the last 24 hours", "https://x.test/page".
        let title: String
        let text: String
    }

    /// Why something could not be collected.
    struct Failure: Error {
        let message: String
        let isTransient: Bool
    }

    let git: GitLog
    let web: any WebRequester

    func gather(_ wanted: [Gathering], in context: StepContext) async throws(Failure) -> [Part] {
        var parts: [Part] = []
        for gathering in wanted {
            switch gathering {
            case .gitCommits(let directory, let hours):
                parts.append(try await commits(directory, hours: hours, in: context))
            case .page(let url):
                parts.append(try await page(url, in: context))
            }
        }
        return parts
    }

    private func commits(_ directory: String, hours: Int, in context: StepContext) async throws(Failure) -> Part {
        do {
            let lines = try await git.commits(in: directory, hours: hours, now: context.now, timeout: context.timeout)
            let count = lines.isEmpty ? "no commits" : lines.count == 1 ? "1 commit" : "\(lines.count) commits"
            let text = lines.map { "- \($0)" }.joined(separator: "\n")
            return Part(title: "\(count) in the last \(Self.span(hours))", text: text)
        } catch {
            throw Failure(message: "the commits could not be read: \(error.message)", isTransient: false)
        }
    }

    private func page(_ url: String, in context: StepContext) async throws(Failure) -> Part {
        guard HTTPAction.isApproved("GET", url, by: context.job.capabilities) else {
            throw Failure(message: "GET \(url) is not approved for this job", isTransient: false)
        }
        let answer: WebAnswer
        do {
            answer = try await web.send(
                WebRequest(method: "GET", url: url, timeout: min(context.timeout, 60), limit: HTTPAction.bodyLimit))
        } catch {
            throw Failure(message: "\(url) could not be read: \(error.message)", isTransient: error.isTransient)
        }
        guard (200...299).contains(answer.status) else {
            throw Failure(
                message: "\(url) could not be read: HTTP \(answer.status)", isTransient: answer.status >= 500)
        }
        return Part(title: url, text: HTTPAction.text(of: answer))
    }

    /// "24 hours", "hour", "7 days".
    private static func span(_ hours: Int) -> String {
        if hours == 1 { return "hour" }
        return hours > 48 && hours.isMultiple(of: 24) ? "\(hours / 24) days" : "\(hours) hours"
    }
}
