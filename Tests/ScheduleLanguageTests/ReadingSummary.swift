import CronExpressions
import Foundation
import JobModel
import ScheduleLanguage

/// Readings in one line, so that tables can hold them.
///
/// "0 9 * * MON-FRI", "2026-03-03 09:00", "every 2700 s", "every 2 week from 2026-03-06 on FRI at 15:00",
/// "ask am_pm: 05:00, 17:00", "error not_understood". Times are local to the schedule's zone.
enum ReadingSummary {
    static func text(_ reading: PhraseReading, home: String) -> String {
        switch reading {
        case .schedule(let schedule): text(schedule, home: home)
        case .question(let question):
            "ask \(question.about.rawValue)"
                + (question.options.isEmpty ? "" : ": " + question.options.joined(separator: ", "))
        case .failure(let error): "error \(error.code)"
        }
    }

    static func text(_ schedule: Schedule, home: String) -> String {
        guard let zone = try? ZoneRules.named(schedule.zone) else { return "no such zone \(schedule.zone)" }
        var words = [pattern(schedule.pattern, zone)]
        if let start = schedule.start { words.append("start " + moment(start, zone)) }
        if let count = schedule.count { words.append("\(count) times") }
        if let until = schedule.until { words.append("until " + moment(until, zone)) }
        words += schedule.exclusions.map(exclusion)
        if let jitter = schedule.jitter { words.append("jitter \(jitter.seconds) s") }
        if schedule.zone != home { words.append("in \(schedule.zone)") }
        return words.joined(separator: "; ")
    }

    private static func pattern(_ pattern: Schedule.Pattern, _ zone: ZoneRules) -> String {
        switch pattern {
        case .cron(let expressions): expressions.map(\.text).joined(separator: " | ")
        case .interval(let seconds, _): "every \(seconds) s"
        case .calendar(let step): calendar(step)
        case .once(let dates): dates.map { moment($0, zone) }.joined(separator: ", ")
        case .startup: "startup"
        }
    }

    private static func calendar(_ step: CalendarStep) -> String {
        let days = step.weekdays.map { ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"][$0 - 1] }.joined(
            separator: ",")
        let times = step.times.map(\.text).joined(separator: ",")
        let anchor = "\(step.anchor.year)-\(two(step.anchor.month))-\(two(step.anchor.day))"
        return
            "every \(step.every) \(step.unit.rawValue) from \(anchor)\(days.isEmpty ? "" : " on \(days)") at \(times)"
    }

    private static func exclusion(_ exclusion: Exclusion) -> String {
        switch exclusion {
        case .weekdays(let days): "not " + days.map { "\($0)" }.joined(separator: ",")
        case .date(let month, let day, let year): "not \(year.map { "\($0)-" } ?? "")\(two(month))-\(two(day))"
        case .holidays(let calendar): "not \(calendar.name)"
        }
    }

    static func moment(_ date: Date, _ zone: ZoneRules) -> String {
        let local = zone.localComponents(at: date)
        let seconds = local.second == 0 ? "" : ":\(two(local.second))"
        return "\(local.year)-\(two(local.month))-\(two(local.day)) \(two(local.hour)):\(two(local.minute))\(seconds)"
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

/// A person in Berlin on Monday, 2 March 2026, at 11:00.
enum Person {
    static let zone = "Europe/Berlin"
    static let now = "2026-03-02T10:00:00Z"

    static func context(
        _ now: String = now, _ zone: String = zone, hour: PhraseContext.HourHabit = .ask,
        order: PhraseContext.DateOrder = .ask
    ) -> PhraseContext {
        PhraseContext(now: date(now), zone: zone, hourHabit: hour, dateOrder: order)
    }

    static func date(_ text: String) -> Date {
        (try? Date.ISO8601FormatStyle().parse(text)) ?? .distantPast
    }

    static func read(_ phrase: String, _ context: PhraseContext = context()) -> String {
        ReadingSummary.text(PhraseParser(context: context).parse(phrase), home: context.zone)
    }
}
