import Foundation

/// The readable words of an HTML page: without markup, scripts and styles.
///
/// A light reading for messages, numbers and prompts; it is no parser, and never shows markup as trusted.
enum PageText {
    static func isPage(_ contentType: String) -> Bool {
        let type = contentType.lowercased()
        return type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
    }

    /// Whether a text begins as a page does, whatever the server called it.
    static func looksLikePage(_ text: String) -> Bool {
        let start = text.prefix(200).drop(while: \.isWhitespace).lowercased()
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
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

    /// What stands behind `end`, whose letters are lower case; nothing where it does not occur. Each byte is looked at
    /// once, so that a page full of open ends stays quick.
    private static func after(_ end: String, in rest: Substring) -> Substring {
        let (text, wanted) = (rest.utf8, Array(end.utf8))
        var start = text.startIndex
        while let found = text[start...].firstIndex(of: wanted[0]) {
            let piece = text[found...].prefix(wanted.count)
            let matches = piece.count == wanted.count && zip(piece, wanted).allSatisfy { lowercased($0) == $1 }
            if matches { return rest[piece.endIndex...] }
            start = text.index(after: found)
        }
        return ""
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

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
