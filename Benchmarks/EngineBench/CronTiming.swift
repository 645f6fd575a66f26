import CronExpressions
import Foundation

/// Answers to the questions of `Scripts/bench-cron`. The words of a question are separated by tabs:
///
///     next  ZONE START END COUNT EXPRESSION   times COUNT occurrences; after END the walk begins again at START
///     list  ZONE START COUNT EXPRESSION       the first COUNT occurrences, seconds since 1970
///     parse COUNT EXPRESSION                  times COUNT readings of the text
///
/// A timing is answered as seconds, and a sum over all results: what is printed cannot be optimised away.
enum CronTiming {
    struct BadQuestion: Error, CustomStringConvertible {
        let description: String
    }

    static func answer(_ question: String) throws -> String {
        let words = question.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        switch (words[0], words.count) {
        case ("next", 6):
            return try next(
                words[5], .named(words[1]), date(words[2])...date(words[3]), count: number(words[4]))
        case ("list", 5):
            return try list(words[4], .named(words[1]), after: date(words[2]), count: number(words[3]))
        case ("parse", 3): return try parse(words[2], count: number(words[1]))
        default: throw BadQuestion(description: "not understood: \(question)")
        }
    }

    private static func next(
        _ text: String, _ zone: ZoneRules, _ span: ClosedRange<Date>, count: Int
    ) throws -> String {
        let cron = try CronExpression(text)
        var sum = 0.0
        var last = span.lowerBound
        let spent = ContinuousClock().measure {
            for _ in 0..<count {
                guard let next = cron.nextOccurrence(after: last, in: zone) else { return }
                sum += next.timeIntervalSince1970
                last = next < span.upperBound ? next : span.lowerBound
            }
        }
        guard sum != 0 else { throw BadQuestion(description: "never due: \(text)") }
        return "\(spent / .seconds(1))\t\(sum)"
    }

    private static func list(_ text: String, _ zone: ZoneRules, after start: Date, count: Int) throws -> String {
        let cron = try CronExpression(text)
        var found: [Date] = []
        while found.count < count, let next = cron.nextOccurrence(after: found.last ?? start, in: zone) {
            found.append(next)
        }
        return found.map { String(Int($0.timeIntervalSince1970)) }.joined(separator: "\t")
    }

    private static func parse(_ text: String, count: Int) throws -> String {
        var expressions: Set<CronExpression> = []
        var sum = 0
        let spent = try ContinuousClock().measure {
            for index in 0..<count {
                let cron = try CronExpression(text)
                sum += cron.text.utf8.count
                // What was read is looked at where no reader of the code can know beforehand.
                if index.nonzeroBitCount == 1 { expressions.insert(cron) }
            }
        }
        return "\(spent / .seconds(1))\t\(sum + expressions.count)"
    }

    private static func number(_ word: String) throws -> Int {
        guard let number = Int(word) else { throw BadQuestion(description: "no number: \(word)") }
        return number
    }

    private static func date(_ word: String) throws -> Date { Date(timeIntervalSince1970: Double(try number(word))) }
}
