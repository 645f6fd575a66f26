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
        if let schedule = explained(phrase, exactly: true) { return .schedule(schedule) }
        do {
            if let reading = try expression(phrase) { return .schedule(try build(reading, words: phrase)) }
            return .schedule(try bareCron(phrase))
        } catch let problem {
            return explained(phrase, exactly: false).map { .schedule($0) } ?? problem.reading
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
        let schedule: Schedule
        do {
            let words = phrase.trimmingCharacters(in: .whitespacesAndNewlines)
            if let seconds = try CronExpression.everySeconds(words) {
                return Schedule(.interval(seconds: seconds, anchor: context.now), zone: context.zone, words: phrase)
            }
            let cron = try CronExpression(words)
            schedule = Schedule(cron.isReboot ? .startup : .cron([cron]), zone: context.zone, words: phrase)
        } catch {
            throw .failure(PhraseError(code: error.code, message: error.message, range: error.range))
        }
        guard schedule.pattern == .startup || schedule.next(after: context.now) != nil else {
            throw ScheduleBuilder.skipped(in: context.zone)
        }
        return schedule
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
