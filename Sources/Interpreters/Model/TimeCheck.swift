import CronExpressions
import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// Holds a model's time words to the person's: the program reads both, and believes neither a computed date nor another
/// time. Where the two differ, only the person can say which is meant.
struct TimeCheck {
    let heard: HeardWords
    /// What the grammar made of the sentence, as far as it went.
    let own: [Intent]
    let context: PhraseContext
    /// The grammar accounts for every word: where it sees no time, there is none.
    let isExact: Bool

    /// Two readings of the time of one intent.
    struct Dispute: Hashable {
        /// Its position.
        var index: Int
        /// The person's words, where the program can read them.
        var own: TimeReading?
        /// The model's.
        var other: TimeReading
    }

    struct TimeReading: Hashable {
        var words: String
        var schedule: Schedule
    }

    /// The times that the person must decide about.
    ///
    /// - Parameters:
    ///   - counterparts: the grammar's intent for each, as far as there is one.
    ///   - meanings: what the model says that unusual words mean, by the words in lower case.
    func disputes(
        in intents: [Intent], beside counterparts: [Intent?], meanings: [String: String]
    ) throws(AnswerProblem) -> [Dispute] {
        for time in intents.flatMap(Self.times) {
            if let date = Self.computedDate(in: time), !heard.holds(date) {
                throw AnswerProblem("\"\(date)\" is a date that nobody said; copy the person's time words")
            }
        }
        for time in intents.flatMap(Self.spans) where !isSaid(time) {
            throw AnswerProblem("\"\(time)\" is not what the person said; copy the person's time words")
        }
        var found: [Dispute] = []
        for (index, (intent, counterpart)) in zip(intents, counterparts).enumerated() {
            guard let when = intent.when else { continue }
            let meaning = meanings[when.lowercased()]
            let own = counterpart.flatMap(ownReadings) ?? ownReadings
            let isMoved = !intent.isCreation
            if let dispute = try dispute(when, meaning: meaning, own: own, isMoved: isMoved) {
                found.append(Dispute(index: index, own: dispute.own, other: dispute.other))
            }
        }
        return found
    }

    private func dispute(
        _ when: String, meaning: String?, own: [TimeReading], isMoved: Bool
    ) throws(AnswerProblem) -> (own: TimeReading?, other: TimeReading)? {
        let said = reading(of: when)
        // The person's own words in the person's own meaning, and no other meaning claimed.
        if let said, own.contains(where: { isSame($0, said, isMoved: isMoved) }) {
            guard let claimed = meaning.flatMap(reading), !isSame(claimed, said, isMoved: isMoved) else { return nil }
            return (said, claimed)
        }
        if let said { return (own.first, said) }
        // Words that the program cannot read, or has a question about: they are the person's, or they are nothing.
        guard isSaid(when) else {
            throw AnswerProblem("\"\(when)\" is not when the person said; copy the person's time words")
        }
        guard let claimed = meaning.flatMap(reading) else { return nil }
        return (own.first, claimed)
    }

    private func reading(of words: String) -> TimeReading? {
        guard case .schedule(let schedule) = PhraseParser(context: context).parse(words) else { return nil }
        return TimeReading(words: words, schedule: schedule)
    }

    /// Both are due at the same moments, through a year: schedules can agree for a week and part at a weekend, at a clock
    /// change, at a holiday or at their end. Words that move a job change a part of its schedule only, so that their own
    /// moments do not tell: they have to do the same to a schedule.
    private func isSame(_ one: TimeReading, _ other: TimeReading, isMoved: Bool) -> Bool {
        var (first, second) = (one.schedule, other.schedule)
        (first.words, second.words) = (nil, nil)
        if isMoved { return first == second && adjusted(by: one.words) == adjusted(by: other.words) }
        guard first != second else { return true }
        guard first.until == second.until, first.jitter == second.jitter else { return false }
        let isSoonSame = moments(first, 0, 5) == moments(second, 0, 5)
        return isSoonSame && moments(first, 0, 400) == moments(second, 0, 400)
            && (1...13).allSatisfy { moments(first, $0 * 29, 2) == moments(second, $0 * 29, 2) }
    }

    /// What the words make of a schedule that repeats.
    private func adjusted(by words: String) -> Schedule? {
        guard let hourly = try? CronExpression("7 * * * *") else { return nil }
        let current = Schedule(.cron([hourly]), zone: context.zone)
        guard case .schedule(var schedule) = PhraseParser(context: context).adjust(current, by: words) else {
            return nil
        }
        schedule.words = nil
        return schedule
    }

    private func moments(_ schedule: Schedule, _ days: Int, _ limit: Int) -> [Date] {
        schedule.occurrences(after: context.now + TimeInterval(days * 86_400), limit: limit)
    }

    // MARK: The person's own times

    /// Each reading that the person's words allow: of the jobs that the grammar saw, of the sentence, of its parts.
    private var ownReadings: [TimeReading] {
        var words = own.compactMap(\.when)
        if words.isEmpty { words = [Self.timeWords(in: heard.request)] + Self.parts(of: heard.request) }
        return words.filter { !$0.isEmpty }.compactMap(reading)
    }

    /// The readings for one intent alone; `nil` where the grammar may have missed its time.
    private func ownReadings(of intent: Intent) -> [TimeReading]? {
        guard let when = intent.when else { return isExact ? [] : nil }
        return [reading(of: when)].compactMap(\.self)
    }

    private static func timeWords(in text: String) -> String {
        TimeScanner.fragments(in: text).filter { $0.kind != .span && !$0.isAdjective }.map(\.text)
            .joined(separator: " ")
    }

    /// The time words of each clause, where there are several.
    private static func parts(of text: String) -> [String] {
        let clauses = text.split(separator: /[;.!?]\s|,?\s+(and|then)\s+/).map(String.init)
        return clauses.count < 2 ? [] : clauses.map(timeWords)
    }

    // MARK: By the words

    /// Words that may join time words without having been said.
    private static let joining: Set<String> = [
        "at", "on", "every", "and", "in", "the", "from", "for", "each", "of", "a",
    ]

    /// The words were said one after the other.
    func isSaid(_ time: String) -> Bool {
        let wanted = Self.words(time)
        guard !wanted.isEmpty else { return true }
        return ([heard.request] + heard.earlier).contains { text in
            let words = Self.words(text)
            guard words.count >= wanted.count else { return false }
            return (0...(words.count - wanted.count)).contains { Array(words[$0..<($0 + wanted.count)]) == wanted }
        }
    }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { $0.isWhitespace || ",;.!?\"".contains($0) }.map(String.init)
            .filter { !joining.contains($0) }
    }

    /// `2026-02-03`: the form of a moment that was worked out.
    private static func computedDate(in time: String) -> String? {
        words(time).first { $0.prefixMatch(of: /[0-9]{4}-[0-9]{2}/) != nil }
    }

    private static func times(of intent: Intent) -> [String] {
        [intent.when, intent.end].compactMap(\.self) + spans(of: intent)
    }

    /// Which stretch is asked about.
    private static func spans(of intent: Intent) -> [String] {
        guard let members = try? JSONValue(encoding: intent) else { return [] }
        return [members["span"]?.string].compactMap(\.self)
    }
}

extension TimeCheck.Dispute {
    /// Which of the two is meant, each with what would come next.
    func question(in context: PhraseContext) -> Question {
        let others = "\"\(other.words)\" (\(Self.moments(of: other, context)))"
        guard let own else {
            return Question(
                about: .other, text: "When is that? Is it \(others)?", options: [other.words, "no"])
        }
        return Question(
            about: .other,
            text: "Which is meant: \"\(own.words)\" (\(Self.moments(of: own, context))), or \(others)?",
            options: [own.words, other.words])
    }

    /// "next Fri 27 Mar 2026 09:00 +01:00, … Europe/Berlin".
    private static func moments(of reading: TimeCheck.TimeReading, _ context: PhraseContext) -> String {
        let schedule = reading.schedule
        let moments = schedule.occurrences(after: context.now, limit: 3)
        guard !moments.isEmpty else { return "nothing comes of it" }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB_POSIX")
        formatter.timeZone = TimeZone(identifier: schedule.zone)
        formatter.dateFormat = "EEE d MMM yyyy HH:mm xxx"
        return "next " + moments.map(formatter.string).joined(separator: ", ") + " \(schedule.zone)"
    }
}
