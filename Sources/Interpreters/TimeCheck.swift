import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// Holds a model's time words to the person's: the program reads both, and believes neither a computed date nor
/// another time.
///
/// Words that the person said pass. Other words pass when they mean the same moments as the person's own, or, where the
/// program cannot read the person's words, when they name no date or number that was not said.
struct TimeCheck {
    let request: String
    /// What the person said before it.
    let earlier: [String]
    let context: PhraseContext

    private var said: [String] { [request] + earlier }

    func check(_ intents: [Intent]) throws(AnswerProblem) {
        for time in intents.flatMap(Self.times) where !isSaid(time) {
            if let date = Self.computedDate(in: time) {
                throw AnswerProblem("\"\(date)\" is a date that nobody said; copy the person's time words")
            }
            guard let own = ownReading else {
                if let strange = strangeNumber(in: time) {
                    throw AnswerProblem(
                        "\"\(time)\" holds \"\(strange)\", which the person did not say; copy the time words")
                }
                continue
            }
            guard next(of: time) == own else {
                throw AnswerProblem("\"\(time)\" is not when the person said; copy the person's time words")
            }
        }
    }

    private static func times(of intent: Intent) -> [String] {
        guard let members = try? JSONValue(encoding: intent) else { return [] }
        return ["when", "until", "span"].compactMap { members[$0]?.string }
    }

    // MARK: By the words

    /// Words that may join time words without having been said.
    private static let joining: Set<String> = [
        "at", "on", "every", "and", "in", "the", "from", "until", "for", "each", "of", "a",
    ]

    private func isSaid(_ time: String) -> Bool {
        let heard = Set(said.flatMap(Self.words)).union(Self.joining)
        return Self.words(time).allSatisfy(heard.contains)
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { $0.isWhitespace || ",;.!?\"".contains($0) }.map(String.init)
    }

    private static let numerals = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]

    /// `2026-02-03`: the form of a moment that was worked out.
    private static func computedDate(in time: String) -> String? {
        words(time).first { $0.prefixMatch(of: /[0-9]{4}-[0-9]{2}/) != nil }
    }

    /// A number that was said neither in figures nor in words.
    private func strangeNumber(in time: String) -> String? {
        let heard = Set(said.flatMap { $0.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init) })
        let numbers = time.split { !$0.isNumber }.map(String.init)
        return numbers.first { number in
            guard let value = Int(number), !heard.contains(number), value != 0 else { return false }
            let inWords = (1...12).contains(value) ? Self.numerals[value - 1] : ""
            let onTheOtherHalf = value > 12 ? Self.numerals[(value - 13) % 12] : ""
            return !heard.contains(inWords) && !heard.contains(String(value)) && !heard.contains(onTheOtherHalf)
        }
    }

    // MARK: By the meaning

    /// The next moments of the person's own time words; `nil` where the program cannot read them.
    private var ownReading: [Date]? {
        let words = TimeScanner.fragments(in: request).map(\.text).joined(separator: " ")
        return words.isEmpty ? nil : next(of: words)
    }

    private func next(of words: String) -> [Date]? {
        guard case .schedule(let schedule) = PhraseParser(context: context).parse(words) else { return nil }
        return schedule.occurrences(after: context.now, limit: 5)
    }
}
