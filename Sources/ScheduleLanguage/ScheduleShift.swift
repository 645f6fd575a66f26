import CronExpressions
import Foundation
import JobModel

/// "an hour later", "by 30 minutes", "15 minutes earlier": every run moves by the same length.
struct ScheduleShift {
    private let seconds: Int

    init?(_ phrase: String) {
        let grammar = Grammar(Tokenizer.tokens(of: phrase), isPhrase: true)
        var start = grammar.skip(0, ["back", "forward", "ahead", "up"])
        let led = grammar.word(start) == "by"
        start = grammar.skip(start, ["by"])
        guard let (amount, end) = grammar.amount(at: start), amount.months == 0, !amount.isVague else { return nil }
        let earlier = grammar.isWord(end, ["earlier", "sooner", "forward"]) || grammar.isWord(0, ["forward", "up"])
        let stop = grammar.skip(end, ["later", "earlier", "sooner", "back", "forward", "ahead"])
        guard stop == grammar.tokens.count, led || stop > end else { return nil }
        let length = amount.seconds + amount.days * 86_400
        seconds = earlier ? -length : length
    }

    func applied(to schedule: Schedule, now: Date) throws(MomentProblem) -> Schedule {
        var moved = schedule
        switch schedule.pattern {
        case .once(let dates): moved.pattern = .once(dates.map { $0 + TimeInterval(seconds) })
        case .interval(let step, let anchor):
            moved.pattern = .interval(seconds: step, anchor: anchor + TimeInterval(seconds))
        case .calendar(var step):
            step.times = try step.times.map { time throws(MomentProblem) in try self.moved(time) }
            moved.pattern = .calendar(step)
        case .cron(let expressions):
            var found: [CronExpression] = []
            for expression in expressions { found += try self.moved(expression) }
            moved.pattern = .cron(found)
        case .startup: throw Self.tooFar
        }
        guard moved.next(after: now) != nil else { throw ScheduleBuilder.past }
        return moved
    }

    private func moved(_ time: LocalTime) throws(MomentProblem) -> LocalTime {
        let total = time.hour * 3_600 + time.minute * 60 + time.second + seconds
        guard (0..<86_400).contains(total) else { throw Self.tooFar }
        return LocalTime(total / 3_600, total / 60 % 60, total % 60)
    }

    private func moved(_ expression: CronExpression) throws(MomentProblem) -> [CronExpression] {
        guard let fields = CronFields(expression), let minute = Int(fields.minute) else { throw Self.tooFar }
        var times: Set<Int> = []
        for hour in fields.hour.split(separator: ",") {
            guard let hour = Int(hour) else { throw Self.tooFar }
            let time = try moved(LocalTime(hour, minute))
            times.insert(time.hour * 60 + time.minute)
        }
        return CronWriter.expressions(times, on: fields.days)
    }

    private static let tooFar = MomentProblem.question(
        Question(about: .missingTime, text: "That does not move simply. At what time should it run?"))
}
