import Foundation
import JobModel
import MarkupReading
import Templates

/// A feed as it is told: RSS 2.0, RSS 1.0 or Atom.
struct FeedReading {
    struct Item: Hashable {
        var id: String
        var title: String
        var link: String
        var date: Date?
        var summary: String
    }

    static let mostItems = 500
    private static let titleLimit = 500
    private static let summaryLimit = 2000

    let title: String
    /// In the order of the feed; an id that comes twice counts once.
    let items: [Item]

    /// - Parameter url: where the feed came from, for links without a host.
    init(_ text: String, from url: String) throws(WebFailure) {
        let document: MarkupDocument
        do { document = try MarkupDocument(xml: text) } catch {
            throw WebFailure("the feed cannot be read: \(error.message)", isTransient: false, kind: .badContent)
        }
        let root = document.root
        let entries: [MarkupNode]
        switch root.name {
        case "rss":
            entries = root.first("channel")?.children("item") ?? []
            title = Self.line(root.first("channel")?.first("title"))
        case "RDF":
            entries = root.children("item")
            title = Self.line(root.first("channel")?.first("title"))
        case "feed":
            entries = root.children("entry")
            title = Self.line(root.first("title"))
        default:
            throw WebFailure(
                "it is no feed: its outermost element is \(root.name.prefix(40))", isTransient: false, kind: .badContent
            )
        }
        var seen: Set<String> = []
        items = entries.prefix(Self.mostItems).map { Self.item($0, base: URL(string: url)) }
            .filter { !$0.id.isEmpty && seen.insert($0.id).inserted }
    }

    private static func item(_ node: MarkupNode, base: URL?) -> Item {
        let title = line(node.first("title"))
        let link = link(of: node, base: base)
        let named = ["guid", "id", "identifier"].lazy.map { line(node.first($0)) }.first { !$0.isEmpty }
        let id = named ?? node.attribute("about") ?? (link.isEmpty ? title : link)
        let dates = ["pubDate", "published", "updated", "date", "modified", "issued"]
        let date = dates.lazy.compactMap { node.first($0).flatMap { FeedDate.date($0.text) } }.first
        let bodies = ["description", "summary", "encoded", "content"].lazy.compactMap { node.first($0)?.text }
        let summary = PageText.words(of: bodies.first { !$0.allSatisfy(\.isWhitespace) } ?? "")
        return Item(
            id: ResultText.prefix(id, bytes: titleLimit), title: title, link: link, date: date,
            summary: ResultText.prefix(CleanText.clean(summary), bytes: summaryLimit))
    }

    /// Of Atom the one that leads to the page; only addresses of the web.
    private static func link(of node: MarkupNode, base: URL?) -> String {
        let links = node.children("link")
        let page = links.first { ($0.attribute("rel") ?? "alternate") == "alternate" } ?? links.first
        let written = page?.attribute("href") ?? page?.text ?? ""
        let text = CleanText.trimmed(CleanText.clean(written))
        guard !text.isEmpty, let url = URL(string: text, relativeTo: base)?.absoluteURL,
            ["http", "https"].contains(url.scheme?.lowercased() ?? "")
        else { return "" }
        return ResultText.prefix(url.absoluteString, bytes: 2000)
    }

    /// Titles may hold markup, which reads as its words.
    private static func line(_ node: MarkupNode?) -> String {
        guard let text = node?.text else { return "" }
        let words = text.contains("<") || text.contains("&") ? PageText.words(of: text) : text
        let line = CleanText.clean(words).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return ResultText.prefix(line, bytes: titleLimit)
    }
}
