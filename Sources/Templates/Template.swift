import JobModel
import Mustache

/// Words with holes: `{{fetch.number}}`, `{{event.title}}`, `{{#event.labels}}…{{/event.labels}}`.
///
/// Values are put in as plain text, without HTML escapes and without control characters. A value that itself holds
/// `{{` is data: it is never rendered again.
package struct Template: Sendable {
    package let text: String
    let tags: [TemplateTag]
    private let parsed: MustacheTemplate
    /// The filters of each hole that has any, by the number that stands for them in the library's text.
    private let pipes: [TemplatePipe]
    /// A last `{`, which the library would take for the beginning of a tag.
    private let suffix: String

    /// The pragma stands on a line of its own, so that the library reads the text's first line as a first line.
    private static let plainText = "{{% CONTENT_TYPE:TEXT}}\n"

    package init(_ text: String) throws(TemplateError) {
        self.text = text
        tags = try TagScanner.tags(in: text)
        let braces = text.reversed().prefix { $0 == "{" }.count
        suffix = String(repeating: "{", count: braces)
        let piped = tags.filter { !$0.filters.isEmpty }
        pipes = piped.map { TemplatePipe(name: $0.name, filters: $0.filters) }
        do {
            parsed = try MustacheTemplate(
                string: Self.plainText + TemplatePipe.written(text, piped: piped).dropLast(braces))
        } catch let error as MustacheTemplate.ParserError {
            throw TemplateError(
                .badName("{{"), line: max(1, error.context.lineNumber - 1), column: error.context.columnNumber)
        } catch {
            throw TemplateError(.unclosedTag, line: 1, column: 1)
        }
    }

    /// Names without a value leave nothing behind.
    package func render(_ data: TemplateData) -> String {
        tags.isEmpty ? text : parsed.render(TemplateNodes.root(data, pipes: pipes)) + suffix
    }

    /// Every name that is looked up, once each, in order of appearance.
    package var variables: [String] {
        var seen: Set<String> = []
        return tags.filter { $0.kind != .comment && $0.kind != .end }.map(\.name).filter { seen.insert($0).inserted }
    }

    /// The value of a template that is one hole and nothing else, in the kind that it has; `nil` for any other template.
    /// A name without a value is `null`; a filter that makes a number makes one here too.
    package func soleValue(_ data: TemplateData) -> JSONValue? {
        guard tags.count == 1, tags[0].kind == .variable, text.hasPrefix("{{"), text.hasSuffix("}}"),
            text.dropFirst(2).firstRange(of: "}}")?.upperBound == text.endIndex
        else { return nil }
        return TemplatePipe(name: tags[0].name, filters: tags[0].filters).value(in: data)
    }
}
