import Foundation
import JobModel

/// `feed`: the items of a feed, and those among them that are new since the last run that succeeded.
struct FeedAction: CatalogueAction {
    /// Ids that are remembered from run to run.
    static let mostSeen = 500
    private static let accept = "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"

    let pages: PageSource

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        guard let age = PageSource.age(call.text("cache") ?? "30d") else {
            return .failed(WebFailure("\"cache\" takes a time such as 30d, 12h or none", isTransient: false), trace: [])
        }
        let outcome = await pages.page(
            at: call.text("url") ?? "", template: call.approvedText("url") ?? "", accept: Self.accept, age: age,
            in: context)
        do throws(WebFailure) {
            let page = try outcome.page.get()
            let feed = try FeedReading(page.answer.body, from: page.url)
            let limit = Int(min(max(call.number("limit") ?? 50, 1), Double(FeedReading.mostItems)))
            let before = context.previous[context.step]?.value?["seen"]?.array.map { $0.compactMap(\.string) }
            return Self.result(feed, seen: before, limit: limit, page: page, trace: outcome.trace)
        } catch {
            return .failed(error, status: outcome.status, trace: outcome.trace)
        }
    }

    private static func result(
        _ feed: FeedReading, seen: [String]?, limit: Int, page: PageSource.Page, trace: [String]
    ) -> StepResult {
        let known = Set(seen ?? [])
        let fresh = feed.items.filter { !known.contains($0.id) }
        let ids = feed.items.map(\.id)
        let current = Set(ids)
        let remembered = (ids + (seen ?? []).filter { !current.contains($0) }).prefix(mostSeen)
        let value: JSONValue = [
            "title": .string(feed.title), "items": .array(feed.items.prefix(limit).map(json)),
            "new": .array(fresh.prefix(limit).map(json)), "count": .number(Double(fresh.count)),
            "first": .bool(seen == nil), "seen": .array(remembered.map(JSONValue.string)),
            "cached": .bool(page.isCached), "status": .number(Double(page.answer.status)), "class": "ok",
        ]
        let lines = fresh.prefix(limit).map { item in
            item.link.isEmpty ? item.title : item.title.isEmpty ? item.link : "\(item.title): \(item.link)"
        }
        return StepResult(
            text: ResultText.clean(lines.joined(separator: "\n")), status: page.answer.status,
            note: fresh.count > limit ? "\(fresh.count) items are new; \(limit) are told" : nil, trace: trace,
            value: value)
    }

    private static func json(_ item: FeedReading.Item) -> JSONValue {
        [
            "id": .string(item.id), "title": .string(item.title), "link": .string(item.link),
            "date": item.date.map { .string(RFC3339.text($0)) } ?? .null, "summary": .string(item.summary),
        ]
    }
}
