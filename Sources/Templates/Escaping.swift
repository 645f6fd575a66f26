import Foundation
import JobModel

/// How a value is written so that the place where it goes takes it as words and nothing else.
///
/// There is none for command lines: a value never reaches one, it is an argument of its own.
package enum Escaping: String, CaseIterable, Sendable {
    case plain
    /// Inside the quotes of a JSON string.
    case json
    /// One segment of a path, or one value of a query.
    case url
    /// Between tags, or inside a quoted attribute.
    case html
    case markdown
    /// Telegram's MarkdownV2.
    case telegram
    /// One field, in quotes where it needs them; never a formula of a spreadsheet.
    case csv

    package func escaped(_ text: String) -> String {
        switch self {
        case .plain: text
        case .json: String(JSONValue.string(text).compactText.unicodeScalars.dropFirst().dropLast())
        case .url: Self.percentEncoded(text)
        case .html: Self.replaced(text, Self.entities)
        case .markdown: Self.backslashed(text, Self.markdownMarks)
        case .telegram: Self.backslashed(text, Self.telegramMarks)
        case .csv: Self.field(text)
        }
    }

    private static func percentEncoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_~.".contains(scalar)
            {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        // Dots alone would climb out of a folder.
        return encoded == "." || encoded == ".." ? encoded.replacing(".", with: "%2E") : encoded
    }

    private static func replaced(_ text: String, _ entities: [Unicode.Scalar: String]) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let entity = entities[scalar] {
                result += entity
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func backslashed(_ text: String, _ marks: Set<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if marks.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func field(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = isFormula && ExactNumber.reading(text) == nil ? "'" + text : text
        let isSpecial = safe.unicodeScalars.contains { "\",;\n\r\t".unicodeScalars.contains($0) }
        let hasEdges = safe.first == " " || safe.last == " "
        return isSpecial || hasEdges ? "\"" + replaced(safe, ["\"": "\"\""]) + "\"" : safe
    }

    private static let entities: [Unicode.Scalar: String] = [
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
    ]
    private static let markdownMarks = Set("\\`*_{}[]()#+-.!|<>~=&:@$".unicodeScalars)
    private static let telegramMarks = Set("\\_*[]()~`>#+-=|{}.!".unicodeScalars)
}

extension String {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool { unicodeScalars.contains(scalar) }
}
