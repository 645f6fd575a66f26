/// Why words are no condition, and which of them to underline.
package struct ConditionSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case empty
        /// No step stands before the test.
        case missingSubject
        /// Words that are no test: `backup sings`.
        case missingTest(String)
        /// What follows a comparison is no number.
        case notANumber(String)
        case missingText
        /// `event failed`: events neither fail nor change.
        case notForEvents(String)
        case unclosedQuote
        case trailingWords(String)
    }

    package let reason: Reason
    /// What to underline in the text that was parsed.
    package let range: Range<String.Index>

    package init(_ reason: Reason, range: Range<String.Index>) {
        self.reason = reason
        self.range = range
    }

    /// A clause that names the bad part and what would be right.
    package var message: String {
        switch reason {
        case .empty: "it is empty; \"backup failed\" or \"fetch.number < 20\" would be right"
        case .missingSubject: "it names no step; \"backup failed\" would be right"
        case .missingTest(let words):
            "\"\(words)\" tests nothing; failed, succeeded, changed, contains \"…\" or < 20 would be right"
        case .notANumber(let word): "\"\(word)\" is no number"
        case .missingText: "contains needs words after it, as in contains \"delayed\""
        case .notForEvents(let word): "an event cannot be tested for \"\(word)\"; event.total > 500 would be right"
        case .unclosedQuote: "a quotation mark is not closed"
        case .trailingWords(let words): "\"\(words)\" at its end is too much"
        }
    }

    package var description: String { message }
}
