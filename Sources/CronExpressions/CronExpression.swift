import Foundation

/// A cron expression: five fields, six with seconds first, or a macro (`@daily`, `@reboot`).
///
/// Reading and clock changes follow Debian's cron, with the day forms `L`, `L-3`, `LW`, `15W`, `5#2` and `5L` added.
/// An expression that can never fire is refused when it is read. Two expressions are equal when their texts are.
package struct CronExpression: Sendable {
    /// As written, without the blanks around it.
    package let text: String
    let program: CronProgram

    /// Reads an expression.
    ///
    /// - Parameter seconds: six fields, the first of them seconds; a macro needs no such word.
    package init(_ text: String, seconds: Bool = false) throws(CronSyntaxError) {
        let trimmed = Self.trim(text)
        let macro = try CronMacro(trimmed)
        self.text = trimmed
        if case .reboot = macro {
            program = CronProgram()
            return
        }
        let syntax = try CronParser(macro?.expansion ?? trimmed).syntax(seconds: seconds && macro == nil)
        program = CronProgram(syntax)
        guard program.canFire else {
            let days = syntax.dayOfMonth.range.lowerBound..<syntax.dayOfWeek.range.upperBound
            throw CronSyntaxError(.neverFires, at: days, in: trimmed)
        }
    }

    /// It has six fields.
    package var hasSeconds: Bool { !isMacro && Self.fieldCount(text) == 6 }

    /// `@reboot`: due when the scheduler starts, and never by the clock.
    package var isReboot: Bool { program.months == 0 }

    /// The fields as written, those of a macro included; `nil` for `@reboot`.
    var syntax: CronSyntax? {
        if isReboot { return nil }
        let expanded = (try? CronMacro(text))?.expansion ?? text
        return try? CronParser(expanded).syntax(seconds: hasSeconds)
    }

    private var isMacro: Bool { text.utf8.first == UInt8(ascii: "@") }

    private static func fieldCount(_ text: String) -> Int { text.utf8.split { $0 == 0x20 || $0 == 0x09 }.count }

    /// Only ASCII blanks: any other character at the ends is refused like one in the middle.
    private static func trim(_ text: String) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[first...last])
    }
}

extension CronExpression: Hashable {
    package static func == (left: CronExpression, right: CronExpression) -> Bool { left.text == right.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Written as its text; six fields are seconds first.
extension CronExpression: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(text, seconds: !text.hasPrefix("@") && Self.fieldCount(text) == 6)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
