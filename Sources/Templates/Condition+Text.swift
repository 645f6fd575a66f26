import JobModel

/// Writing a condition in the language that `init(parsing:)` reads.
extension Condition: CustomStringConvertible {
    /// `not fetch.number < 20`: parses back to the same condition.
    package var description: String {
        let subject = field.map { "\(step).\($0)" } ?? step
        return (negated ? "not " : "") + clause(subject)
    }

    private func clause(_ subject: String) -> String {
        switch test {
        case .failed: "\(subject) failed"
        case .succeeded: "\(subject) succeeded"
        case .changed: "\(subject) changed"
        case .empty: "\(subject) empty"
        case .contains(let words): "\(subject) contains \(Self.quoted(words))"
        case .number(let measure, let comparison, let value):
            "\(Self.measured(subject, measure, isEvent: step == "event")) \(comparison.rawValue) \(Self.plain(value))"
        }
    }

    private static func measured(_ subject: String, _ measure: Measure, isEvent: Bool) -> String {
        switch measure {
        case .number: isEvent ? subject : "\(subject).number"
        case .status: "\(subject).status"
        case .exitCode: "\(subject).exit_code"
        }
    }

    /// Words that hold a straight quotation mark stand in curly ones.
    private static func quoted(_ words: String) -> String {
        words.contains("\"") ? "“\(words)”" : "\"\(words)\""
    }

    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }
}
