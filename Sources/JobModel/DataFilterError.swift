/// Why a text is no filter on an event's data, and where.
package struct DataFilterError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case empty
        case tooLong, tooDeep
        /// A character that no filter can hold.
        case badCharacter(String)
        /// A text without its closing quotation mark.
        case unclosedText
        /// A name such as `total` should stand here.
        case missingMember(found: String)
        /// Behind this member a comparison should stand.
        case missingComparison(of: String)
        /// A value should stand here.
        case missingValue
        /// `in` needs `[…]`; a list needs its end, and commas between its values.
        case badList
        case badNumber(String)
        case unclosedBracket
        /// What follows a whole condition and is neither `and` nor `or`.
        case trailing(String)
    }

    package let reason: Reason
    /// The bad part, as offsets of Unicode scalars into the text.
    package let range: Range<Int>

    package init(_ reason: Reason, at range: Range<Int>) {
        self.reason = reason
        self.range = range
    }

    /// A stable name of the reason, for programs.
    package var code: String {
        switch reason {
        case .empty: "empty"
        case .tooLong: "too_long"
        case .tooDeep: "too_deep"
        case .badCharacter: "bad_character"
        case .unclosedText: "unclosed_text"
        case .missingMember: "missing_member"
        case .missingComparison: "missing_comparison"
        case .missingValue: "missing_value"
        case .badList: "bad_list"
        case .badNumber: "bad_number"
        case .unclosedBracket: "unclosed_bracket"
        case .trailing: "trailing"
        }
    }

    /// A whole sentence: what is wrong, and what would be right.
    package var message: String {
        switch reason {
        case .empty: "The filter is empty; total > 500 is one."
        case .tooLong: "The filter is longer than \(DataFilter.longestText) characters."
        case .tooDeep: "The filter has more than \(DataFilter.deepest) brackets and \"not\"s within each other."
        case .badCharacter(let character): "\"\(character)\" has no meaning here; texts stand in quotation marks."
        case .unclosedText: "This text has no closing quotation mark."
        case .missingMember(let found):
            "\(found.isEmpty ? "The filter ends where" : "\"\(found)\" stands where") the name of a member is expected, "
                + "such as total or customer.country."
        case .missingComparison(let member):
            "After \(member) a comparison is expected: ==, !=, <, <=, >, >=, in or contains; "
                + "exists(\(member)) asks whether it is there."
        case .missingValue: "A value is expected here: 500, \"A1\", A1, true, false or null."
        case .badList: "A list is expected here: in [\"open\", \"new\"]."
        case .badNumber(let text): "\"\(text)\" is no number; 500 and 9.5 are, and a text stands in quotation marks."
        case .unclosedBracket: "This bracket is never closed."
        case .trailing(let text): "\"\(text)\" is too much here; only and, or and the end may follow a condition."
        }
    }
}
