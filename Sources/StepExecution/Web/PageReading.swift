import Foundation
import JobModel
import MarkupReading
import Templates

/// What a step of `fetch` wants of a page.
struct PageReading {
    enum Wanted: Hashable {
        /// JSON where it is JSON, else the words.
        case whole
        case text
        case json
        /// An XPath, an attribute of what it leads to, and the words that the person wrote for the path.
        case elements(path: String, attribute: String?, words: String)
        case pattern(String)
    }

    struct Found: Hashable {
        var text: String
        var items: [String]
        var json: JSONValue?
    }

    static let mostItems = 500
    private static let itemLimit = 4 << 10

    let wanted: Wanted
    let all: Bool

    init(_ call: FilledCall) throws(WebFailure) {
        all = call.truth("all") ?? false
        let ways = ["select", "xpath", "pattern"].filter { call[$0] != nil }
        guard ways.count <= 1 else { throw Self.refusal("\(ways.joined(separator: " and ")) exclude each other") }
        let attribute = call.text("attribute")
        do throws(MarkupProblem) {
            switch (ways.first, call.text("as")) {
            case ("select", _):
                let words = call.text("select") ?? ""
                wanted = .elements(path: try SelectorPath(words).xpath, attribute: attribute, words: words)
            case ("xpath", _):
                let path = call.text("xpath") ?? ""
                wanted = .elements(path: path, attribute: attribute, words: path)
            case ("pattern", _): wanted = .pattern(call.text("pattern") ?? "")
            case (_, "json"): wanted = .json
            case (_, "text"): wanted = .text
            default: wanted = .whole
            }
        } catch { throw Self.refusal(error.message) }
        guard attribute == nil || ways.first == "select" || ways.first == "xpath" else {
            throw Self.refusal("\"attribute\" goes with select or xpath")
        }
    }

    func read(_ answer: WebAnswer) throws(WebFailure) -> Found {
        switch wanted {
        case .whole:
            let start = answer.body.first { !$0.isWhitespace }
            let isJSON = answer.contentType.lowercased().contains("json") || start == "{" || start == "["
            if isJSON, let json = try? JSONValue(parsing: answer.body) { return Self.found(json) }
            return Self.found(Self.words(of: answer))
        case .text: return Self.found(Self.words(of: answer))
        case .json:
            guard let json = try? JSONValue(parsing: answer.body) else { throw Self.refusal("the answer is no JSON") }
            return Self.found(json)
        case .elements(let path, let attribute, let words):
            return try found(
                try elements(path, attribute, of: answer), by: "nothing on the page is at \(words.prefix(80))")
        case .pattern(let pattern):
            return try found(try matches(pattern, in: answer), by: "nothing on the page matches")
        }
    }

    private static func words(of answer: WebAnswer) -> String {
        let isPage = PageText.isPage(answer.contentType) || PageText.looksLikePage(answer.body)
        return isPage ? PageText.words(of: answer.body) : answer.body
    }

    private func elements(_ path: String, _ attribute: String?, of answer: WebAnswer) throws(WebFailure) -> [String] {
        do {
            return try MarkupDocument(html: answer.body)
                .texts(at: path, attribute: attribute, limit: all ? Self.mostItems : 1)
        } catch { throw Self.refusal(error.message) }
    }

    /// Over the words of a page first, then over its source: a pattern may mean either.
    private func matches(_ pattern: String, in answer: WebAnswer) throws(WebFailure) -> [String] {
        do {
            let pattern = try PagePattern(pattern)
            let limit = all ? Self.mostItems : 1
            let words = Self.words(of: answer)
            let found = try pattern.matches(in: words, limit: limit)
            return found.isEmpty && words != answer.body ? try pattern.matches(in: answer.body, limit: limit) : found
        } catch { throw Self.refusal(error.message) }
    }

    private func found(_ items: [String], by complaint: String) throws(WebFailure) -> Found {
        guard all || !items.isEmpty else { throw Self.refusal(complaint) }
        let kept = items.map { ResultText.prefix(CleanText.trimmed(CleanText.clean($0)), bytes: Self.itemLimit) }
        return Found(text: ResultText.clean(kept.joined(separator: "\n")), items: kept)
    }

    private static func found(_ text: String) -> Found {
        let text = ResultText.clean(text)
        return Found(text: text, items: text.isEmpty ? [] : [text])
    }

    private static func found(_ json: JSONValue) -> Found {
        let items = json.array.map { $0.prefix(mostItems).map { ResultText.prefix($0.plainText, bytes: itemLimit) } }
        let text = ResultText.clean(json.plainText)
        return Found(text: text, items: items ?? [ResultText.prefix(text, bytes: itemLimit)], json: json)
    }

    private static func refusal(_ message: String) -> WebFailure {
        WebFailure(message, isTransient: false, kind: .badContent)
    }
}
