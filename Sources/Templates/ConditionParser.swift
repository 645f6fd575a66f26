import JobModel

extension Condition {
    /// Reads the language of conditions:
    ///
    /// `backup failed`, `backup succeeded`, `fetch changed`, `fetch contains "delayed"`, `fetch.number < 20`,
    /// `fetch.status != 200`, `run.exit_code != 0`, `event.total > 500`, `event.title contains "x"`; `not` or
    /// `unless` before any of them. `{{fetch.number}} < 20` reads the same, and operators may be words ("below 20").
    package init(parsing text: String) throws(ConditionSyntaxError) {
        var parser = ConditionParser(text: text, tokens: try ConditionToken.tokens(in: text))
        self = try parser.condition()
    }
}

struct ConditionParser {
    let text: String
    private var tokens: ArraySlice<ConditionToken>

    init(text: String, tokens: [ConditionToken]) {
        self.text = text
        self.tokens = tokens[...]
    }

    mutating func condition() throws(ConditionSyntaxError) -> Condition {
        var negated = false
        while let word = tokens.first?.word, ["if", "when", "only", "not", "unless"].contains(word) {
            if word == "not" || word == "unless" { negated.toggle() }
            tokens.removeFirst()
        }
        guard !tokens.isEmpty else { throw ConditionSyntaxError(.empty, range: text.startIndex..<text.endIndex) }
        let subject = try subject()
        let test = try test(of: subject)
        if let extra = tokens.first, let last = tokens.last {
            let range = extra.range.lowerBound..<last.range.upperBound
            throw ConditionSyntaxError(.trailingWords(String(text[range])), range: range)
        }
        return Condition(
            step: subject.step, test: test, field: subject.field, negated: negated != subject.negated,
            words: CleanText.trimmed(text))
    }

    // MARK: What is tested

    private struct Subject {
        var step: String
        var field: String?
        var measure: Condition.Measure?
        var negated = false
    }

    /// All words up to the first that tests something.
    private mutating func subject() throws(ConditionSyntaxError) -> Subject {
        var words: [String] = []
        var negated = false
        while let token = tokens.first, token.kind == .word, !startsTest(token) {
            if token.word == "not" || token.word == "never" {
                negated.toggle()
            } else if words.isEmpty || !["has", "was", "does", "did"].contains(token.word) {
                words.append(token.text)
            }
            tokens.removeFirst()
        }
        guard !words.isEmpty else {
            let range = tokens.first?.range ?? text.startIndex..<text.endIndex
            throw ConditionSyntaxError(.missingSubject, range: range)
        }
        var subject = Self.subject(words.joined(separator: " "))
        subject.negated = negated
        return subject
    }

    private func startsTest(_ token: ConditionToken) -> Bool {
        guard let word = token.word, token.range.lowerBound != text.startIndex else { return false }
        return Self.outcomes[word] != nil || Self.containing.contains(word) || Self.comparisonWords.contains(word)
    }

    private static func subject(_ name: String) -> Subject {
        guard let point = name.firstIndex(of: ".") else { return Subject(step: name) }
        let step = String(name[..<point])
        let rest = String(name[name.index(after: point)...])
        if step == "event" { return Subject(step: step, field: rest) }
        let members: [String: Condition.Measure] = [
            "number": .number, "status": .status, "exit_code": .exitCode, "exitcode": .exitCode, "exit": .exitCode,
        ]
        if rest.lowercased() == "text" { return Subject(step: step) }
        guard let measure = members[rest.lowercased()] else { return Subject(step: name) }
        return Subject(step: step, measure: measure)
    }

    // MARK: The test

    private mutating func test(of subject: Subject) throws(ConditionSyntaxError) -> Condition.Test {
        guard let token = tokens.first else {
            throw ConditionSyntaxError(.missingTest(text), range: text.startIndex..<text.endIndex)
        }
        if let word = token.word, let outcome = Self.outcomes[word] {
            tokens.removeFirst()
            guard subject.step != "event" else { throw ConditionSyntaxError(.notForEvents(word), range: token.range) }
            return outcome
        }
        if let word = token.word, Self.containing.contains(word) {
            tokens.removeFirst()
            return .contains(try words())
        }
        guard let comparison = comparison() else {
            throw ConditionSyntaxError(.missingTest(token.text), range: token.range)
        }
        return .number(subject.measure ?? .number, comparison, try number())
    }

    /// One quoted text, or all the words that are left.
    private mutating func words() throws(ConditionSyntaxError) -> String {
        if let token = tokens.first, token.kind == .quoted, !token.text.isEmpty {
            tokens.removeFirst()
            return token.text
        }
        guard let first = tokens.first, let last = tokens.last, first.kind == .word else {
            throw ConditionSyntaxError(.missingText, range: text.startIndex..<text.endIndex)
        }
        tokens = []
        return String(text[first.range.lowerBound..<last.range.upperBound])
    }

    private mutating func comparison() -> Condition.Comparison? {
        guard let token = tokens.first else { return nil }
        if token.kind == .comparison {
            guard let comparison = Self.signs[token.text] else { return nil }
            tokens.removeFirst()
            return comparison
        }
        for (phrase, comparison) in Self.phrases where tokens.prefix(phrase.count).map(\.word) == phrase {
            tokens.removeFirst(phrase.count)
            return comparison
        }
        return nil
    }

    private mutating func number() throws(ConditionSyntaxError) -> Double {
        guard let token = tokens.popFirst() else {
            throw ConditionSyntaxError(.notANumber(""), range: text.startIndex..<text.endIndex)
        }
        let digits = token.text.replacing("_", with: "")
        guard token.kind == .word, let value = Double(digits) ?? NumberReading.firstNumber(in: digits), value.isFinite
        else { throw ConditionSyntaxError(.notANumber(token.text), range: token.range) }
        if let unit = tokens.first, unit.kind == .word, tokens.count == 1, Self.units.contains(unit.text) {
            tokens.removeFirst()
        }
        return value
    }

    // MARK: Words

    private static let outcomes: [String: Condition.Test] = [
        "failed": .failed, "fails": .failed, "fail": .failed, "succeeded": .succeeded, "succeeds": .succeeded,
        "succeed": .succeeded, "changed": .changed, "changes": .changed, "change": .changed, "empty": .empty,
    ]
    private static let containing: Set<String> = ["contains", "contain", "mentions", "says", "includes"]
    private static let units: Set<String> = ["€", "$", "£", "%", "EUR", "USD", "GBP"]
    private static let signs: [String: Condition.Comparison] = [
        "<": .less, "<=": .lessOrEqual, "≤": .lessOrEqual, "=": .equal, "==": .equal, "!=": .notEqual, "<>": .notEqual,
        "≠": .notEqual, ">=": .greaterOrEqual, "≥": .greaterOrEqual, ">": .greater,
    ]
    private static let comparisonWords: Set<String> = [
        "is", "below", "under", "less", "above", "over", "greater", "more", "at", "equals", "drops", "rises", "exceeds",
    ]
    /// Longer phrases before those that they begin with.
    private static let phrases: [([String], Condition.Comparison)] = {
        let bare: [([String], Condition.Comparison)] = [
            (["less", "than"], .less), (["below"], .less), (["under"], .less), (["at", "most"], .lessOrEqual),
            (["greater", "than"], .greater), (["more", "than"], .greater), (["above"], .greater), (["over"], .greater),
            (["at", "least"], .greaterOrEqual), (["exactly"], .equal), (["not"], .notEqual),
        ]
        let withIs = bare.map { (["is"] + $0.0, $0.1) }
        let verbs: [([String], Condition.Comparison)] = [
            (["drops", "below"], .less), (["rises", "above"], .greater), (["exceeds"], .greater), (["equals"], .equal),
            (["is"], .equal),
        ]
        return withIs + verbs + bare.filter { $0.0 != ["not"] }
    }()
}
