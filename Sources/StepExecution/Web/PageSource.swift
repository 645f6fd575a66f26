import Foundation
import JobModel

/// Gets pages and feeds: by GET, redirects followed within their origin, and only what has changed.
struct PageSource: Sendable {
    /// Bytes of a page or feed that is read at all.
    static let limit = 5 << 20

    let endpoint: WebEndpoint
    let cache: PageCache?

    struct Page: Sendable {
        var answer: WebAnswer
        /// The server said that the copy still holds.
        var isCached: Bool
        /// Where it came from after redirects.
        var url: String
    }

    struct Outcome: Sendable {
        var page: Result<Page, WebFailure>
        /// Of an answer with a status that is no page.
        var status: Int?
        var trace: [String]
    }

    /// - Parameter age: seconds for which a copy is asked about again; 0 keeps none.
    func page(
        at url: String, template: String, accept: String, age: TimeInterval, in context: StepContext
    ) async -> Outcome {
        let copy = age > 0 ? cache?.copy(of: url, age: age, at: context.now) : nil
        var request = WebRequest(
            method: "GET", url: url, headers: ["Accept": accept], timeout: context.timeout, limit: Self.limit,
            redirects: .followed(granted: Set(context.job.capabilities.requests)))
        request.headers["If-None-Match"] = copy?.etag
        request.headers["If-Modified-Since"] = copy?.lastModified
        let exchange = await endpoint.send(request, template: template, in: context)
        switch exchange.answer {
        case .failure(let failure): return Outcome(page: .failure(failure), trace: exchange.trace)
        case .success(let answer):
            let page = Self.page(answer, copy: copy, url: url)
            if case .success(let page) = page, !page.isCached, age > 0 { keep(page, from: url, at: context.now) }
            return Outcome(page: page, status: answer.status, trace: exchange.trace)
        }
    }

    private static func page(_ answer: WebAnswer, copy: PageCache.Copy?, url: String) -> Result<Page, WebFailure> {
        if answer.status == 304, let copy {
            let kept = WebAnswer(status: 200, contentType: copy.contentType, body: copy.body)
            return .success(Page(answer: kept, isCached: true, url: answer.url ?? url))
        }
        guard (200...299).contains(answer.status) else {
            return .failure(
                WebFailure(
                    "HTTP \(answer.status)", isTransient: StepResult.passingStatuses.contains(answer.status),
                    kind: .status(answer.status)))
        }
        guard !answer.isCut else {
            return .failure(
                WebFailure("the page is longer than \(limit >> 20) MiB", isTransient: false, kind: .tooLarge))
        }
        return .success(Page(answer: answer, isCached: false, url: answer.url ?? url))
    }

    /// Only what a server can be asked about again is worth keeping.
    private func keep(_ page: Page, from url: String, at now: Date) {
        let (etag, modified) = (page.answer.headers["etag"], page.answer.headers["last-modified"])
        guard etag != nil || modified != nil else {
            cache?.drop(url)
            return
        }
        cache?.keep(
            PageCache.Copy(
                url: url, fetched: now, contentType: page.answer.contentType, etag: etag, lastModified: modified,
                body: page.answer.body))
    }

    /// Seconds of `30d`, `12h`, `90m`, `2w` or `none`; `nil` for anything else.
    static func age(_ text: String) -> TimeInterval? {
        if text == "none" { return 0 }
        let factors: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        guard let factor = text.last.flatMap({ factors[$0] }), let count = Int(text.dropLast()),
            (1...1000).contains(count)
        else { return nil }
        return Double(count) * factor
    }
}
