import CronExpressions
import Foundation
import JobModel

/// Reads words about time against a moment, a zone and a person's habits.
package struct PhraseParser: Sendable {
    package let context: PhraseContext

    package init(context: PhraseContext) {
        self.context = context
    }

    /// A whole phrase about time: "every weekday at 9", "in 20 minutes", "0 9 * * MON-FRI".
    ///
    /// Words that cannot be about time ("remind me to move the car every friday") are passed over; a number or a word
    /// about time that fits nowhere makes a failure.
    package func parse(_ phrase: String) -> PhraseReading {
        do {
            if let reading = try expression(phrase) { return .schedule(try build(reading, words: phrase)) }
            return .schedule(try bareCron(phrase))
        } catch let problem {
            return problem.reading
        }
    }

    func build(_ expression: TimeExpression, words: String) throws(MomentProblem) -> Schedule {
        var schedule = try ScheduleBuilder(context: context, expression: expression).build()
        schedule.words = words
        return schedule
    }

    // MARK: Cron

    /// `nil` for a text that looks like cron by itself, and is read as such.
    func expression(_ phrase: String) throws(MomentProblem) -> TimeExpression? {
        if CronText.isCron(phrase) { return nil }
        return TimeExpression(try PhraseReader(phrase).parts())
    }

    private func bareCron(_ phrase: String) throws(MomentProblem) -> Schedule {
        do {
            let words = phrase.trimmingCharacters(in: .whitespacesAndNewlines)
            if let seconds = try CronExpression.everySeconds(words) {
                return Schedule(.interval(seconds: seconds, anchor: context.now), zone: context.zone, words: phrase)
            }
            let cron = try CronExpression(words)
            return Schedule(cron.isReboot ? .startup : .cron([cron]), zone: context.zone, words: phrase)
        } catch {
            throw .failure(PhraseError(code: error.code, message: error.message, range: error.range))
        }
    }
}

/// Telling cron from words.
enum CronText {
    /// `@daily`, or fields of figures and cron's signs, with one that only cron has.
    static func isCron(_ phrase: String) -> Bool {
        let fields = phrase.split(whereSeparator: \.isWhitespace)
        guard let first = fields.first else { return false }
        if first.hasPrefix("@"), first.count > 1, first.dropFirst().allSatisfy(\.isLetter) { return true }
        guard fields.count >= 4, fields.count <= 7, fields.allSatisfy(isField) else { return false }
        return fields.contains { $0.contains("*") || $0 == "?" }
            || fields.count == 5 && fields.allSatisfy { $0.first?.isNumber == true }
    }

    private static func isField(_ field: Substring) -> Bool {
        Tokenizer.isCronField(field) && !field.contains { $0.isLetter }
            || field.split(whereSeparator: { ",-/#".contains($0) }).allSatisfy { part in
                part.allSatisfy { $0.isNumber || $0 == "*" || $0 == "L" || $0 == "W" }
                    || part.count <= 5 && part.prefix(3).allSatisfy(\.isLetter)
            }
    }
}

extension MomentProblem {
    var reading: PhraseReading {
        switch self {
        case .question(let question): .question(question)
        case .failure(let error): .failure(error)
        }
    }
}

/// Reads all parts of a phrase and accounts for every word.
struct PhraseReader {
    let phrase: String
    let grammar: Grammar

    init(_ phrase: String) {
        self.phrase = phrase
        grammar = Grammar(Tokenizer.tokens(of: phrase), isPhrase: true)
    }

    /// - Throws: a failure that points at the first word about time that fits nowhere.
    func parts() throws(MomentProblem) -> [TimePart] {
        var parts: [TimePart] = []
        var index = 0
        while index < grammar.tokens.count {
            if let run = grammar.run(from: index, after: parts) {
                parts += run.parts.map(\.part)
                index = run.end
            } else {
                try checkDash(index, after: parts)
                try passOver(index)
                index += 1
            }
        }
        guard !parts.isEmpty, parts.contains(where: { !$0.isSpan && $0.fragmentKind != .zone }) else {
            throw ScheduleBuilder.nothingFound
        }
        return parts
    }

    /// "june 10 - june 12" is a span of days, which no schedule is.
    private func checkDash(_ index: Int, after parts: [TimePart]) throws(MomentProblem) {
        guard ["-", "–", "—"].contains(grammar.mark(index)), let last = parts.last, last.isDay,
            let next = grammar.run(from: index + 1, after: parts)?.parts.first, next.part.isDay
        else { return }
        throw failure(at: index)
    }

    /// Words that are not about time are left out; all else must have been read.
    private func passOver(_ index: Int) throws(MomentProblem) {
        let token = grammar.tokens[index]
        switch token.kind {
        case .word: if !Self.isTimeWord(token.text) { return }
        case .punctuation: if !["%", "$", "€", "°", "/"].contains(token.text) { return }
        case .url, .quoted, .template: return
        case .path: if token.original.first?.isLetter == true || token.original.first == "/" { return }
        default: break
        }
        throw failure(at: index)
    }

    private func failure(at index: Int) -> MomentProblem {
        let token = grammar.tokens[index]
        let scalars = phrase.unicodeScalars
        let from = scalars.distance(from: scalars.startIndex, to: token.range.lowerBound)
        let to = scalars.distance(from: scalars.startIndex, to: token.range.upperBound)
        return .failure(
            PhraseError(
                code: "not_understood", message: "\"\(token.original)\" does not fit into a time", range: from..<to))
    }

    static func isTimeWord(_ word: String) -> Bool {
        if Vocabulary.shortUnits.contains(word) || word == "second" || word == "may" { return false }
        return Vocabulary.weekdays[word] != nil || Vocabulary.pluralWeekdays[word] != nil
            || Vocabulary.months[word] != nil
            || Vocabulary.units[word] != nil || Vocabulary.dayGroups[word] != nil || Vocabulary.frequencies[word] != nil
            || Vocabulary.every.contains(word) || Vocabulary.dayParts[word] != nil || Vocabulary.numbers[word] != nil
            || Vocabulary.ordinals[word] != nil || otherWords.contains(word)
    }

    private static let otherWords: Set<String> = [
        "until", "excluding", "starting", "beginning", "today", "tomorrow", "yesterday", "am", "pm", "o'clock",
        "oclock", "before", "holidays", "twice", "next", "ago", "between", "through", "fortnight", "last", "summer",
        "winter", "spring", "autumn", "easter", "advent", "ramadan", "thanksgiving", "sunrise", "sunset", "dawn",
        "dusk",
        "previous",
        "except",
    ]
}
