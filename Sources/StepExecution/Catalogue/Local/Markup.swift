import Templates

/// How a report is written.
enum Markup: String, Sendable {
    case text, markdown, html

    /// Foreign words, so that they stay words.
    func escaped(_ text: String) -> String {
        switch self {
        case .text: text
        case .markdown: Escaping.markdown.escaped(text)
        case .html: Escaping.html.escaped(text)
        }
    }
}
