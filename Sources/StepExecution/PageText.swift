import Foundation

/// The readable words of an HTML page: without markup, scripts and styles.
///
/// A light reading for messages, numbers and prompts; it is no parser, and never shows markup as trusted.
enum PageText {
    static func isPage(_ contentType: String) -> Bool {
        let type = contentType.lowercased()
        return type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
    }

    static func words(of page: String) -> String {
        var words = ""
        var rest = page[...]
        while let open = rest.firstIndex(of: "<") {
            words += rest[..<open]
            rest = rest[open...]
            let tag = name(of: rest)
            if rest.hasPrefix("<!--") {
                rest = after("-->", in: rest)
            } else if hidden.contains(tag) {
                rest = after("</\(tag)", in: rest.dropFirst())
                rest = after(">", in: rest)
            } else if tag.isEmpty, !rest.hasPrefix("</"), !rest.hasPrefix("<!"), !rest.hasPrefix("<?") {
                words += "<"
                rest.removeFirst()
            } else {
                rest = after(">", in: rest)
                words += inline.contains(tag) ? "" : "\n"
            }
        }
        return tidy(decoded(words + rest))
    }

    private static let hidden: Set<String> = ["script", "style", "head", "template", "noscript", "svg"]
    private static let inline: Set<String> = [
        "a", "b", "i", "em", "strong", "span", "small", "sup", "sub", "u", "code", "mark",
    ]

    /// The lower-case name of the tag that `rest` begins with; of an end tag too.
    private static func name(of rest: Substring) -> String {
        rest.dropFirst().drop { $0 == "/" }.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
    }

    private static func after(_ end: String, in rest: Substring) -> Substring {
        guard let range = rest.range(of: end, options: .caseInsensitive) else { return "" }
        return rest[range.upperBound...]
    }

    private static func decoded(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var result = ""
        var rest = text[...]
        while let amp = rest.firstIndex(of: "&") {
            result += rest[..<amp]
            rest = rest[amp...]
            let entity = rest.dropFirst().prefix(10).prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
            let isClosed = rest.dropFirst(entity.count + 1).first == ";"
            if isClosed, let character = character(String(entity)) {
                result += character
                rest = rest.dropFirst(entity.count + 2)
            } else {
                result += "&"
                rest.removeFirst()
            }
        }
        return result + rest
    }

    private static func character(_ entity: String) -> String? {
        guard entity.hasPrefix("#") else { return entities[entity] }
        let isHex = entity.dropFirst().lowercased().hasPrefix("x")
        let digits = entity.dropFirst(isHex ? 2 : 1)
        return UInt32(digits, radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init).map { String($0) }
    }

    private static let entities = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "euro": "€", "pound": "£",
        "mdash": "—", "ndash": "–", "hellip": "…", "copy": "©",
    ]

    /// One space between words, no empty lines.
    private static func tidy(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
