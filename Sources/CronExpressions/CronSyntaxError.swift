/// Why a text is not a cron expression, and where.
package struct CronSyntaxError: Error, Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        /// The number of fields found, and the number wanted.
        case fieldCount(Int, expected: Int)
        case unknownMacro
        case tooLong(limit: Int)
        /// A character that no expression can hold: control characters, digits of other scripts, punctuation.
        case badCharacter
        /// An empty place in a list: `1,,2`, `,1`, `1,`.
        case emptyItem(field: CronField)
        case outOfRange(field: CronField, allowed: ClosedRange<Int>)
        /// A word that is no three-letter name of the field, or a name where the field takes none.
        case unknownName(field: CronField)
        /// Both ends of a range must be there, and must be single values.
        case badRange(field: CronField)
        /// A step is a whole number of at least 1, given once.
        case badStep(field: CronField)
        /// `L`, `W` or `#` where the field does not take it, or with a wrong number.
        case badSpecial(field: CronField)
        /// Neither a value, a range nor a special form.
        case notUnderstood(field: CronField)
        /// The fields are fine one by one, but no day fits them all (30 February).
        case neverFires
        /// `@every` without a duration like `90s` or `1h30m`.
        case badDuration
    }

    package let reason: Reason
    /// The bad part, as offsets of Unicode scalars into the trimmed text.
    package let range: Range<Int>
    /// The whole text that was read, trimmed.
    package let text: String

    package init(_ reason: Reason, at range: Range<Int>, in text: String) {
        self.reason = reason
        self.range = range
        self.text = text
    }

    /// A stable name of the reason, for programs.
    package var code: String {
        switch reason {
        case .fieldCount: "field_count"
        case .unknownMacro: "unknown_macro"
        case .tooLong: "too_long"
        case .badCharacter: "bad_character"
        case .emptyItem: "empty_item"
        case .outOfRange: "out_of_range"
        case .unknownName: "unknown_name"
        case .badRange: "bad_range"
        case .badStep: "bad_step"
        case .badSpecial: "bad_special"
        case .notUnderstood: "not_understood"
        case .neverFires: "never_fires"
        case .badDuration: "bad_duration"
        }
    }
}

/// The fields of an expression, in the order of a line with seconds.
package enum CronField: Int, CaseIterable, Sendable {
    case second, minute, hour, dayOfMonth, month, dayOfWeek

    /// The numbers that may be written; in the day of the week 0 and 7 are both Sunday.
    package var allowed: ClosedRange<Int> {
        switch self {
        case .second, .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    package var title: String {
        switch self {
        case .second: "seconds"
        case .minute: "minutes"
        case .hour: "hours"
        case .dayOfMonth: "days of the month"
        case .month: "months"
        case .dayOfWeek: "days of the week"
        }
    }
}
