import Foundation

/// One way in which a secret may stand in a text: as it is, in base64, in a URL, in JSON.
struct SecretForm: Hashable, Sendable {
    /// Shorter ones stand in too many words.
    static let shortest = 4
    private static let shortestInside = 8

    let text: String
    let name: String

    func removed(from text: String) -> String {
        text.contains(self.text) ? text.replacing(self.text, with: "[secret:\(name)]") : text
    }

    static func all(of value: String, name: String) -> [SecretForm] {
        let usual = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        let inURL = value.addingPercentEncoding(withAllowedCharacters: usual) ?? value
        let inPath = value.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? value
        let inQuery = value.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? value
        let quoted = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let plain = [
            value, inURL, inPath, inQuery, lowerHex(inURL), inURL.replacing("%20", with: "+"), quoted,
            quoted.replacing("/", with: "\\/"),
        ]
        let encoded = encodings(of: Array(value.utf8))
        let wanted = plain.filter { $0.count >= shortest } + encoded.filter { $0.count >= shortestInside }
        return Set(wanted).map { SecretForm(text: $0, name: name) }
    }

    /// `%2F` as `%2f`.
    private static func lowerHex(_ text: String) -> String {
        text.replacing(/%[0-9A-F]{2}/) { $0.output.lowercased() }
    }

    /// In base64, whole and as it stands within something longer, where what is before it shifts it by up to two bytes.
    private static func encodings(of bytes: [UInt8]) -> [String] {
        var found: [String] = []
        for shift in 0..<3 {
            let shifted = [UInt8](repeating: 0, count: shift) + bytes
            let whole = Data(shifted).base64EncodedString()
            let letters = whole.filter { $0 != "=" }
            let begin = [0, 2, 3][shift]
            let end = shifted.count.isMultiple(of: 3) ? 0 : 1
            found.append(String(letters.dropFirst(begin).dropLast(end)))
        }
        return found + found.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
    }
}
