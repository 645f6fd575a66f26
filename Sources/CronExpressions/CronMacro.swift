/// `@daily` and its like.
enum CronMacro: Equatable {
    case fields(String)
    case reboot

    static let expansions: KeyValuePairs = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    /// Reads a macro in any letter case; `nil` if `text` does not begin with `@`.
    init?(_ text: String) throws(CronSyntaxError) {
        guard text.utf8.first == UInt8(ascii: "@") else { return nil }
        let name = text.lowercased()
        if name == "@reboot" {
            self = .reboot
        } else if let known = Self.expansions.first(where: { $0.key == name }) {
            self = .fields(known.value)
        } else {
            throw CronSyntaxError(.unknownMacro, at: 0..<text.unicodeScalars.count, in: text)
        }
    }

    var expansion: String? {
        guard case .fields(let fields) = self else { return nil }
        return fields
    }
}

extension CronExpression {
    /// The seconds of `@every 90s` or `@every 1h30m`, which is an interval and not an expression; `nil` for other texts.
    ///
    /// Units are `d`, `h`, `m` and `s`, each with a whole number before it, together at least one second.
    package static func everySeconds(_ text: String) throws(CronSyntaxError) -> Int? {
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.first?.lowercased() == "@every" else { return nil }
        let failure = CronSyntaxError(.badDuration, at: 0..<text.unicodeScalars.count, in: text)
        guard words.count == 2 else { throw failure }
        var total = 0
        var rest = words[1].lowercased()[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            guard digits.count <= 9, let count = Int(digits), let name = rest.popFirst(), let unit = unitSeconds[name]
            else { throw failure }
            total += count * unit
        }
        guard total > 0 else { throw failure }
        return total
    }

    private static let unitSeconds: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
}
