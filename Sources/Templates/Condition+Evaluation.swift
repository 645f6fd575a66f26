import JobModel

extension Condition {
    /// Whether the condition holds now.
    ///
    /// A condition about something that cannot be measured (a step that did not run, a text without a number, a first
    /// run for `changed`) does not hold, negated or not: nothing is done on a guess.
    ///
    /// - Parameters:
    ///   - results: what the steps so far came to, by step name.
    ///   - event: the data of the event that caused the run.
    ///   - previous: results of the previous run, by step name, for `changed`.
    package func holds(
        results: [String: StepResult], event: JSONValue? = nil, previous: [String: StepResult] = [:]
    ) -> Bool {
        let measured =
            step == "event" ? measure(event: event) : results[step].flatMap { measure($0, previous: previous) }
        return measured.map { $0 != negated } ?? false
    }

    /// The condition looks at whether `name` failed, so it is worth asking after a failure.
    package func readsFailure(of name: String) -> Bool {
        guard step == name else { return false }
        return switch test {
        case .failed, .succeeded: true
        case .number(let measure, _, _): measure != .number
        case .contains, .changed, .empty: false
        }
    }

    /// The condition reads the HTTP status of `name`: an answer outside 200–299 is then an answer, not a failure.
    package func readsStatus(of name: String) -> Bool {
        guard step == name, case .number(.status, _, _) = test else { return false }
        return true
    }

    private func measure(_ result: StepResult, previous: [String: StepResult]) -> Bool? {
        switch test {
        case .failed: return !result.succeeded
        case .succeeded: return result.succeeded
        case .contains(let words): return Self.contains(result.text, words)
        case .empty: return result.succeeded ? result.text.allSatisfy(\.isWhitespace) : nil
        case .changed:
            guard result.succeeded, let before = previous[step], before.succeeded else { return nil }
            return before.text != result.text
        case .number(.number, let comparison, let value):
            guard result.succeeded else { return nil }
            return NumberReading.firstNumber(in: result.text).map { comparison.holds($0, value) }
        case .number(.status, let comparison, let value):
            return result.status.map { comparison.holds(Double($0), value) }
        case .number(.exitCode, let comparison, let value):
            return result.exitCode.map { comparison.holds(Double($0), value) }
        }
    }

    private func measure(event: JSONValue?) -> Bool? {
        var value = event
        for name in field?.split(separator: ".").map(String.init) ?? [] { value = value?[name] }
        guard let value, !value.isNull else { return nil }
        switch test {
        case .contains(let words): return Self.contains(value.plainText, words)
        case .number(_, let comparison, let limit):
            let number = value.number ?? NumberReading.firstNumber(in: value.plainText)
            return number.map { comparison.holds($0, limit) }
        case .empty: return value.plainText.allSatisfy(\.isWhitespace)
        case .failed, .succeeded, .changed: return nil
        }
    }

    private static func contains(_ text: String, _ words: String) -> Bool {
        text.lowercased().contains(words.lowercased())
    }
}
