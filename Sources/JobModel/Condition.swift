/// A test of what an earlier step came to.
package struct Condition: Codable, Hashable, Sendable {
    package enum Test: Codable, Hashable, Sendable {
        case failed
        case succeeded
        /// The first number of the result (or the HTTP status, or the exit code) against a value.
        case number(Measure, Comparison, Double)
        /// The result's text contains these words, ignoring case.
        case contains(String)
        /// The result differs from the previous run's.
        case changed
        /// The result is nothing but blanks.
        case empty
    }

    package enum Measure: String, Codable, Sendable { case number, status, exitCode }
    package enum Comparison: String, Codable, Sendable, CaseIterable {
        case less = "<", lessOrEqual = "<=", equal = "==", notEqual = "!=", greaterOrEqual = ">=", greater = ">"
    }

    /// The step whose result is tested; `event` tests the event's data.
    package var step: String
    package var test: Test
    /// For `event`: the member of the event's data that is tested (`total`).
    package var field: String?
    /// The test must not hold ("unless …").
    package var negated: Bool
    /// As the person said it: "it drops below 20".
    package var words: String

    package init(step: String, test: Test, field: String? = nil, negated: Bool = false, words: String) {
        self.step = step
        self.test = test
        self.field = field
        self.negated = negated
        self.words = words
    }
}
