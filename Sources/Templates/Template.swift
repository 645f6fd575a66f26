import JobModel
import Mustache

/// Words with holes: `{{fetch.number}}`, `{{event.title}}`, `{{#event.labels}}…{{/event.labels}}`.
///
/// Values are put in as plain text, without HTML escapes and without control characters. A value that itself holds
/// `{{` is data: it is never rendered again.
package struct Template: Sendable {
    package let text: String
    private let tags: [TemplateTag]
    private let parsed: MustacheTemplate
    /// A last `{`, which the library would take for the beginning of a tag.
    private let suffix: String

    /// The pragma stands on a line of its own, so that the library reads the text's first line as a first line.
    private static let plainText = "{{% CONTENT_TYPE:TEXT}}\n"

    package init(_ text: String) throws(TemplateError) {
        self.text = text
        tags = try TagScanner.tags(in: text)
        let braces = text.reversed().prefix { $0 == "{" }.count
        suffix = String(repeating: "{", count: braces)
        do {
            parsed = try MustacheTemplate(string: Self.plainText + text.dropLast(braces))
        } catch let error as MustacheTemplate.ParserError {
            throw TemplateError(
                .badName("{{"), line: max(1, error.context.lineNumber - 1), column: error.context.columnNumber)
        } catch {
            throw TemplateError(.unclosedTag, line: 1, column: 1)
        }
    }

    /// Names without a value leave nothing behind.
    package func render(_ data: TemplateData) -> String {
        tags.isEmpty ? text : parsed.render(TemplateNodes.root(data)) + suffix
    }

    /// Every name that is looked up, once each, in order of appearance.
    package var variables: [String] {
        var seen: Set<String> = []
        return tags.filter { $0.kind != .comment && $0.kind != .end }.map(\.name).filter { seen.insert($0).inserted }
    }

    /// The value of a template that is one hole and nothing else, in the kind that it has; `nil` for any other template.
    /// A name without a value is `null`.
    package func soleValue(_ data: TemplateData) -> JSONValue? {
        guard tags.count == 1, tags[0].kind == .variable, text.hasPrefix("{{"), text.hasSuffix("}}"),
            text.dropFirst(2).firstRange(of: "}}")?.upperBound == text.endIndex
        else { return nil }
        return data.value(named: tags[0].name) ?? .null
    }

    /// The names that `known` does not hold. `event.*` there stands for every name that begins with `event.`, and
    /// for `event` itself. A name without a dot inside a section may be a member of what the section goes over: it
    /// is not reported.
    package func unknown(in known: [String]) -> [String] {
        let looked = tags.filter { tag in
            guard tag.kind != .comment, tag.kind != .end, tag.name != "." else { return false }
            return tag.depth == 0 || tag.name.contains(".")
        }
        var seen: Set<String> = []
        return looked.map(\.name).filter { name in !Self.isKnown(name, in: known) && seen.insert(name).inserted }
    }

    private static func isKnown(_ name: String, in known: [String]) -> Bool {
        known.contains { entry in
            guard entry.hasSuffix(".*") else { return entry == name }
            return name == entry.dropLast(2) || name.hasPrefix(entry.dropLast())
        }
    }
}
