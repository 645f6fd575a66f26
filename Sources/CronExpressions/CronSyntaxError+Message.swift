extension CronSyntaxError {
    /// A whole sentence that names the bad part and says what is allowed.
    package var message: String { sentence + "." }

    private var sentence: String {
        switch reason {
        case .fieldCount(let count, let expected): fieldCountMessage(count, expected)
        case .unknownMacro: macroMessage
        case .tooLong(let limit): "The expression is longer than \(limit) characters"
        case .badCharacter:
            "The character \(part) has no meaning in a cron expression: use digits, names and * , - / # ? L W"
        case .emptyItem(let field):
            "The list of \(field.title) has an empty place: write a value on both sides of each comma"
        case .outOfRange(let field, let allowed):
            "\(part) is outside the \(field.title): \(allowed.lowerBound) to \(allowed.upperBound) are allowed"
                + (field == .dayOfWeek ? ", where 0 and 7 are Sunday" : "")
        case .unknownName(let field): nameMessage(field)
        case .badRange(let field):
            "\(part) is not a range of \(field.title): write both ends, as in \(Self.sampleRange(field))"
        case .badStep(let field):
            "\(part) is not a step in the \(field.title): write a whole number of at least 1 after the slash, as in */2"
        case .badSpecial(let field): specialMessage(field)
        case .notUnderstood(let field):
            "\(part) is not understood in the \(field.title): write *, a value, a range like "
                + "\(Self.sampleRange(field)) or a step like */2"
        case .neverFires: "\"\(part)\" can never come: no month has such a day"
        case .badDuration: "\"\(text.quotable())\" needs a duration after @every, such as 90s or 1h30m"
        }
    }

    /// The text, and under it marks below the bad part; the second line is empty where nothing can be pointed at.
    package var underlined: String {
        let shown = text.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F ? Character($0) : "?" }
        let marks = String(repeating: " ", count: range.lowerBound) + String(repeating: "^", count: max(range.count, 1))
        return String(shown) + "\n" + marks
    }

    /// The bad part, safe to print.
    private var part: String {
        let scalars = text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count)
        return String(String.UnicodeScalarView(scalars)).quotable()
    }

    private func fieldCountMessage(_ count: Int, _ expected: Int) -> String {
        let names =
            (expected == 6 ? ["second"] : []) + ["minute", "hour", "day of the month", "month", "day of the week"]
        let found = count == 0 ? "There is nothing here" : "There \(count == 1 ? "is 1 field" : "are \(count) fields")"
        let hint = expected == 5 && count == 6 ? " (seconds have to be asked for)" : ""
        return "\(found): a cron expression has \(expected), \(names.listed())\(hint)"
    }

    private var macroMessage: String {
        let known = CronMacro.expansions.map(\.key) + ["@reboot"]
        return "\(part) is not a macro that I know: use \(known.listed("or"))"
    }

    private func nameMessage(_ field: CronField) -> String {
        let names = field == .month ? CronNames.months : field == .dayOfWeek ? CronNames.weekdays : []
        if names.isEmpty { return "\(part) is a word, but the \(field.title) take numbers only" }
        return "\(part) is not one of the three-letter \(field.title): use \(names.listed("or"))"
    }

    private func specialMessage(_ field: CronField) -> String {
        field == .dayOfMonth
            ? "\(part) is not a day of the month: L, L-1 to L-30, LW and 1W to 31W are the special forms"
            : "\(part) is not a day of the week: 5L is the last Friday, 5#1 to 5#5 the first to the fifth"
    }

    private static func sampleRange(_ field: CronField) -> String {
        switch field {
        case .second, .minute: "10-20"
        case .hour: "9-17"
        case .dayOfMonth: "1-15"
        case .month: "JAN-MAR"
        case .dayOfWeek: "MON-FRI"
        }
    }
}
