import CronExpressions
import Foundation
import JobModel

/// Dates as they are said: their order of day and month, and the year that is meant.
extension ScheduleBuilder {
    func onDates() throws(MomentProblem) -> [Date] {
        var settled: [DateMention] = []
        for date in expression.dates { settled.append(try inOrder(date)) }
        let times = try timesOrDefault()
        var found: [Date] = []
        for date in settled { found += try times.map { time throws(MomentProblem) in try moment(of: date, at: time) } }
        return found.sorted()
    }

    /// This year's, or next year's where this year's is past; a date with its year must lie ahead.
    private func moment(of date: DateMention, at time: DayTime) throws(MomentProblem) -> Date {
        let years = date.year.map { $0...$0 } ?? calendar.today.year...calendar.today.year + 8
        var exists = false
        for year in years where date.day <= CivilDay.daysInMonth(date.month, year: year) {
            exists = true
            let day = LocalDay(year: year, month: date.month, day: date.day)
            guard expression.weekdays.allSatisfy({ $0.days.contains(calendar.weekday(day)) }) else { continue }
            let moment = calendar.instant(day, time)
            if moment > calendar.now { return moment }
        }
        if !exists {
            throw .failure(PhraseError(code: "no_such_date", message: "there is no \(DateText.day(date))"))
        }
        if !expression.weekdays.isEmpty, date.year != nil {
            throw .question(
                Question(about: .other, text: "\(DateText.day(date)) is another day of the week. Which one is meant?"))
        }
        throw Self.past
    }

    /// Day and month in the order that the person writes, that a weekday settles, or that must be asked.
    func inOrder(_ date: DateMention) throws(MomentProblem) -> DateMention {
        guard date.isOrderOpen else { return date }
        let dayFirst = DateMention(day: date.day, month: date.month, year: date.year)
        let monthFirst = DateMention(day: date.month, month: date.day, year: date.year)
        switch context.dateOrder {
        case .dayFirst: return dayFirst
        case .monthFirst: return monthFirst
        case .ask: break
        }
        let fitting = [dayFirst, monthFirst].filter(fitsWeekday)
        if fitting.count == 1 { return fitting[0] }
        let options = [dayFirst, monthFirst].map { DateText.day($0, year: yearAhead(of: $0)) }
        throw .question(Question(about: .dateOrder, text: "\(options[0]) or \(options[1])?", options: options))
    }

    private func fitsWeekday(_ date: DateMention) -> Bool {
        guard let mention = expression.weekdays.first else { return true }
        return mention.days.contains(
            calendar.weekday(LocalDay(year: yearAhead(of: date), month: date.month, day: date.day)))
    }

    private func yearAhead(of date: DateMention) -> Int {
        if let year = date.year { return year }
        let day = LocalDay(year: calendar.today.year, month: date.month, day: date.day)
        return day.number < calendar.today.number ? day.year + 1 : day.year
    }
}

/// Dates in English.
enum DateText {
    static func day(_ date: DateMention, year: Int? = nil) -> String {
        let name = LocalDay.monthNames[(date.month - 1) % 12]
        return "\(date.day) \(name)" + ((date.year ?? year).map { " \($0)" } ?? "")
    }
}
