/// How a text is written, and how foreign words are put into it so that they stay words.
enum Markup: String, Sendable {
    case text, markdown, html

    func escaped(_ text: String) -> String {
        switch self {
        case .text: text
        case .markdown: Self.backslashed(text)
        case .html: Self.entities(text)
        }
    }

    private static func backslashed(_ text: String) -> String {
        var result = ""
        for character in text {
            if marks.contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    private static func entities(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }

    /// Whatever can begin a link, an image, a heading, a list, a table or raw HTML.
    private static let marks = Set("\\`*_{}[]()#+-.!|<>~=&:@$")
}
