/// A stretch of a sentence that speaks about time.
package struct TimeFragment: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// It repeats: "every weekday at 9", "daily".
        case recurrence
        /// One day or several: "tomorrow at noon", "on 24 December".
        case day
        /// A time of day alone: "at 17:30".
        case clock
        /// "in 20 minutes".
        case relative
        /// From, until, for, starting.
        case bound
        /// What is left out, or a random delay.
        case exclusion
        /// "5 times".
        case count
        case zone
        case cron
        /// A stretch of time that is spoken about rather than scheduled: "the last 24 hours", "this week".
        case span
    }

    package var range: Range<String.Index>
    /// As typed.
    package var text: String
    package var kind: Kind
    /// A slip of the keyboard was mended to read it.
    package var wasCorrected: Bool
    /// A word of frequency right before a noun ("the weekly report"): it may describe the noun and schedule nothing.
    package var isAdjective: Bool

    package init(
        range: Range<String.Index>, text: String, kind: Kind, wasCorrected: Bool = false, isAdjective: Bool = false
    ) {
        self.range = range
        self.text = text
        self.kind = kind
        self.wasCorrected = wasCorrected
        self.isAdjective = isAdjective
    }
}

/// A fragment found among tokens.
package struct TokenFragment: Hashable, Sendable {
    /// Positions in the list of tokens.
    package var tokens: Range<Int>
    package var kind: TimeFragment.Kind
    package var isAdjective: Bool

    package init(tokens: Range<Int>, kind: TimeFragment.Kind, isAdjective: Bool = false) {
        self.tokens = tokens
        self.kind = kind
        self.isAdjective = isAdjective
    }
}
