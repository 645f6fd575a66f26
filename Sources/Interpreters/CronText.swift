import ScheduleLanguage

/// Finds a cron expression as it was typed inside a sentence.
enum CronText {
    private static let macros: Set<String> = [
        "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually", "@reboot",
    ]

    /// The first macro, or five (or six) neighbouring words that look like fields; `nil` where there is none.
    static func range(in text: String) -> Range<String.Index>? {
        guard hasSign(text) else { return nil }
        let words = text.split(whereSeparator: \.isBlank).map(bare).filter { !$0.isEmpty }
        if let macro = words.first(where: { macros.contains($0.lowercased()) }) {
            return macro.startIndex..<macro.endIndex
        }
        for start in words.indices where words.count - start >= 5 {
            let fields = words[start...].prefix(6).prefix(while: isField)
            guard fields.count >= 5, fields.prefix(5).contains(where: { $0.contains("*") || $0.contains("/") }) else {
                continue
            }
            guard let first = fields.first, let last = fields.last else { continue }
            return first.startIndex..<last.endIndex
        }
        return nil
    }

    /// `*`, `@`, or a slash behind a figure: without one of them no expression is told from other words.
    private static func hasSign(_ text: String) -> Bool {
        var before: UInt8 = 0
        for byte in text.utf8 {
            let isFigure = before >= UInt8(ascii: "0") && before <= UInt8(ascii: "9")
            if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "/") && isFigure {
                return true
            }
            before = byte
        }
        return false
    }

    private static func bare(_ word: Substring) -> Substring {
        var word = word
        while let first = word.first, "\"'`“‘(".contains(first) { word = word.dropFirst() }
        while let last = word.last, "\"'`”’),;:.!".contains(last) || (last == "?" && word.count > 1) {
            word = word.dropLast()
        }
        return word
    }

    private static let names: Set<Substring> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu",
        "fri", "sat", "sun", "l", "w", "lw",
    ]

    private static func isField(_ word: Substring) -> Bool {
        guard !word.isEmpty else { return false }
        let parts = word.lowercased().split { ",-/#".contains($0) }
        return word.allSatisfy { $0.isNumber || $0.isLetter || "*,-/#?".contains($0) }
            && (!parts.isEmpty || word == "*")
            && parts.allSatisfy { part in
                part == "*" || part == "?" || part.allSatisfy(\.isNumber) || names.contains(part)
                    || (part.first?.isNumber == true
                        && part.dropFirst().allSatisfy { $0.isNumber || $0 == "l" || $0 == "w" })
            }
    }
}
