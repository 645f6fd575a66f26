import Foundation
import JobModel
import ScheduleLanguage
import Testing

@Suite("Except on holidays") struct HolidayTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var phrase: String
        /// Names of the calendars that are configured.
        var calendars: [String]
        var reading: String
        var testDescription: String { "\(phrase) with \(calendars)" }

        init(_ phrase: String, _ calendars: [String], _ reading: String) {
            (self.phrase, self.calendars, self.reading) = (phrase, calendars, reading)
        }
    }

    /// Each of the calendars holds 3 March 2026 and every 1 May.
    private static func context(_ names: [String]) -> PhraseContext {
        var context = Person.context()
        context.calendars = names.map { name in
            if name == "broken" { return PhraseCalendar(name: name, problem: "broken.ics cannot be read.") }
            let days = [
                Holiday(name: "Tuesday off", first: LocalDay(year: 2026, month: 3, day: 3).number),
                Holiday(name: "May Day", first: LocalDay(year: 2000, month: 5, day: 1).number, rule: YearlyRule()),
            ]
            return PhraseCalendar(HolidayCalendar(name: name, file: "\(name).ics", holidays: days))
        }
        return context
    }

    @Test(arguments: [
        Example("every weekday at 9 except on holidays", ["holidays"], "0 9 * * MON-FRI; not holidays"),
        Example("every weekday at 9 except on holidays", ["german"], "0 9 * * MON-FRI; not german"),
        Example("weekdays at 9 but not on public holidays", ["german"], "0 9 * * MON-FRI; not german"),
        Example("daily excluding bank holidays", ["holidays"], "0 9 * * *; not holidays"),
        Example("every day except holidays until friday", ["x"], "0 9 * * *; until 2026-03-06 23:59:59; not x"),
        Example(
            "every day at 8 except on mondays, holidays and 25 December", ["x"], "0 8 * * *; not 1; not 12-25; not x"),
        Example("every 45 minutes on weekdays except on holidays", ["x"], "every 2700 s; not x; not 6,7"),
        Example(
            "every day at 9 except on holidays, 3 times", ["x"], "0 9 * * *; 3 times; until 2026-03-06 09:00; not x"),
        // By name.
        Example("every day except on german holidays", ["german", "french"], "0 9 * * *; not german"),
        Example("every day except on German public holidays", ["german", "french"], "0 9 * * *; not german"),
        Example("every day except on holidays in France", ["german", "france"], "0 9 * * *; not france"),
        Example(
            "every day except on holidays in the north-rhine", ["de", "north-rhine"], "0 9 * * *; not north-rhine"),
        Example("every day except on school holidays", ["school-holidays", "x"], "0 9 * * *; not school-holidays"),
        Example("every day except on bank holidays", ["bank", "holidays"], "0 9 * * *; not bank"),
        Example("every day except on holidays", ["german", "holidays"], "0 9 * * *; not holidays"),
        Example("every day except on german and french holidays", ["german", "french"], "error not_understood"),
        Example(
            "every day except on german holidays and french holidays", ["german", "french"],
            "0 9 * * *; not german; not french"),
        // Asked.
        Example("every day except on holidays", ["german", "french"], "ask calendar: german, french"),
        Example("every day except on spanish holidays", ["german", "french"], "ask calendar: german, french"),
        Example("every day except on spanish holidays", ["holidays"], "ask calendar: holidays"),
        Example("every day except on holidays", [], "ask calendar"),
        Example("every day except on holidays", ["broken"], "error calendar_unreadable"),
        Example("every day except on holidays", ["broken", "x"], "ask calendar: broken, x"),
        Example("every day except on x holidays", ["broken", "x"], "0 9 * * *; not x"),
        // A single day.
        Example("tomorrow at 9 except on holidays", ["x"], "error never_due"),
        Example("on thursday at 9 except on holidays", ["x"], "2026-03-05 09:00; not x"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase, Self.context(example.calendars)) == example.reading)
    }

    @Test func withoutCalendarsTheQuestionIsTheOldOne() {
        let reading = PhraseParser(context: Person.context()).parse("every weekday except on holidays")
        #expect(
            reading
                == .question(Question(about: .calendar, text: "Which holidays? Name a calendar file (iCalendar).")))
    }

    @Test func anAnswerChooses() {
        var context = Self.context(["german", "french"])
        context.holidays = "french"
        #expect(Person.read("every day except on holidays", context) == "0 9 * * *; not french")
        #expect(Person.read("every day except on spanish holidays", context) == "0 9 * * *; not french")
        #expect(Person.read("every day except on german holidays", context) == "0 9 * * *; not german")
    }

    @Test(arguments: ["holidays", "german", "north-rhine", "school-holidays"])
    func whatAScheduleSaysReadsBack(name: String) throws {
        let context = Self.context([name, "other"])
        let phrase =
            "every weekday at 9 except on mondays and \(HolidayCalendar(name: name, file: "", holidays: []).spokenName)"
        guard case .schedule(let schedule) = PhraseParser(context: context).parse(phrase),
            case .schedule(let again) = PhraseParser(context: context).parse(schedule.text)
        else {
            Issue.record("\(phrase) is no schedule")
            return
        }
        #expect(again.exclusions == schedule.exclusions && again.text == schedule.text)
        let next = schedule.occurrences(after: context.now, limit: 2).map { ReadingSummary.moment($0, .utc) }
        #expect(next == ["2026-03-04 08:00", "2026-03-05 08:00"])
    }

    @Test func aJobGetsThemBesideWhatItHas() {
        let parser = PhraseParser(context: Self.context(["x"]))
        guard case .schedule(let current) = parser.parse("every weekday at 9 except on mondays"),
            case .schedule(let changed) = parser.adjust(current, by: "except on holidays")
        else {
            Issue.record("no schedule")
            return
        }
        #expect(ReadingSummary.text(changed, home: Person.zone) == "0 9 * * MON-FRI; not 1; not x")
    }
}
