import Foundation
import IntentContract
import JobModel
import ScheduleLanguage
import Testing

@testable import Planning

/// Plans with calendars, on Monday, 2 March 2026, at 08:00 in Berlin.
struct HolidayPlanTests {
    private static func calendar(_ name: String, _ holidays: Holiday...) -> PhraseCalendar {
        PhraseCalendar(HolidayCalendar(name: name, file: "\(name).ics", holidays: holidays))
    }

    private static let tuesday = Holiday(name: "Off", first: LocalDay(year: 2026, month: 3, day: 3).number)
    private static let over = Holiday(name: "Off", first: LocalDay(year: 2026, month: 1, day: 6).number)

    private func plan(_ words: String, _ calendars: [PhraseCalendar]?, answer: String? = nil) -> PlanningResult {
        var surroundings = Surroundings.permissive
        surroundings.calendars = calendars
        var answers = Answers()
        answers.calendar = answer
        let planner = Planner(
            situation: Situation(now: PlannerTests.now, zone: "Europe/Berlin", surroundings: surroundings),
            answers: [0: answers], provenance: Provenance(sentence: words, interpreter: "test"))
        return planner.plan([.createJob(CreateJob(when: words, action: .notify("stand up")))])
    }

    private func item(_ result: PlanningResult) throws -> Plan.Item {
        guard case .plan(let plan) = result else { throw PlanningFailure("no plan but \(result)") }
        return try #require(plan.items.first)
    }

    @Test func theCardCountsTheDays() throws {
        let item = try item(plan("every weekday at 9 except on holidays", [Self.calendar("holidays", Self.tuesday)]))
        #expect(
            item.card[1] == "Every weekday at 09:00, except on holidays (holidays.ics, 1 day in 2026), Europe/Berlin. "
                + "Next: Mon 2 Mar 09:00 +01:00, Wed 4 Mar 09:00 +01:00, Thu 5 Mar 09:00 +01:00.")
        #expect(item.warnings.isEmpty)
    }

    @Test func aCalendarThatHasRunOutIsNamed() throws {
        let item = try item(plan("every day at 9 except on holidays", [Self.calendar("de", Self.over)]))
        #expect(
            item.warnings == ["The calendar de (de.ics) names no day in the next 12 months: bring the file up to date."]
        )
        let late = Self.calendar("de", Holiday(name: "", first: Self.over.first, rule: YearlyRule()))
        #expect(try self.item(plan("every day at 9 except on holidays", [late])).warnings.isEmpty)
    }

    @Test func asksWhichAndTakesTheAnswer() throws {
        let two = [Self.calendar("german", Self.tuesday), Self.calendar("french", Self.over)]
        guard case .question(let question, _) = plan("every day at 9 except on holidays", two) else {
            Issue.record("not asked")
            return
        }
        #expect(question == Question(about: .calendar, text: "Which holidays?", options: ["german", "french"]))
        let item = try item(plan("every day at 9 except on holidays", two, answer: "german"))
        #expect(item.action.job?.calendarNames == ["german"])
    }

    @Test func withoutCalendarsItSaysHowToHaveOne() {
        func text(_ calendars: [PhraseCalendar]?) -> String? {
            guard case .question(let question, _) = plan("every day at 9 except on holidays", calendars) else {
                return nil
            }
            return question.text
        }
        #expect(text(nil) == "Which holidays? Name a calendar file (iCalendar).")
        #expect(text([])?.contains("rota config set calendars.holidays PATH") == true)
    }

    @Test func aFileThatCannotBeUsedIsTheReason() {
        let broken = PhraseCalendar(name: "de", problem: "The calendar de (/de.ics) cannot be used: line 3: …")
        #expect(
            plan("every day at 9 except on holidays", [broken])
                == .failure(PlanningFailure("The calendar de (/de.ics) cannot be used: line 3: …")))
    }

    @Test func aOneShotShowsItsDelay() throws {
        let item = try item(plan("tomorrow at 9 with a random delay of up to 5 minutes", nil))
        #expect(
            item.card[1].hasPrefix("Once on Tue 3 Mar 2026 at 09:00, with a random delay of up to 5 minutes, Europe"))
        #expect(item.card[1].contains(" Next: Tue 3 Mar 09:0"))
    }
}
