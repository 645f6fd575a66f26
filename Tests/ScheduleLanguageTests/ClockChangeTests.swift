import Foundation
import JobModel
import ScheduleLanguage
import Testing

/// A phrase said at a moment in a zone, and the next instants.
struct Instants: CustomTestStringConvertible {
    let phrase: String
    let now: String
    let zone: String
    let next: [String]

    init(_ phrase: String, at now: String, in zone: String, next: [String]) {
        (self.phrase, self.now, self.zone, self.next) = (phrase, now, zone, next)
    }

    var testDescription: String { "\(phrase) in \(zone)" }
}

@Suite("Clock changes and zones, as instants") struct ClockChangeTests {
    @Test(arguments: [
        // Berlin skips 02:00 to 03:00 on 29 March 2026: the first instant after the gap.
        Instants(
            "every day at 02:30", at: "2026-03-28T12:00:00Z", in: "Europe/Berlin",
            next: ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
        Instants(
            "every day at 2:30am", at: "2026-03-07T20:00:00Z", in: "America/New_York",
            next: ["2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"]),
        // New York shows 01:30 twice on 1 November 2026: once, the first time.
        Instants(
            "every day at 1:30 am", at: "2026-11-01T04:00:00Z", in: "America/New_York",
            next: ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"]),
        // What follows the clock as it shows fires again in the repeated hour, and makes nothing up in a gap.
        Instants(
            "every hour", at: "2026-11-01T04:10:00Z", in: "America/New_York",
            next: ["2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"]),
        Instants(
            "every 30 minutes", at: "2026-03-29T00:40:00Z", in: "Europe/Berlin",
            next: ["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"]),
        // Elapsed time does not care.
        Instants(
            "every 90 minutes", at: "2026-10-24T23:15:00Z", in: "Europe/Berlin",
            next: ["2026-10-25T00:45:00Z", "2026-10-25T02:15:00Z"]),
        Instants("in 3 hours", at: "2026-03-28T23:30:00Z", in: "Europe/Berlin", next: ["2026-03-29T02:30:00Z"]),
        // Days keep the time of day.
        Instants("in 1 day", at: "2026-03-28T12:00:00Z", in: "Europe/Berlin", next: ["2026-03-29T11:00:00Z"]),
        Instants("tomorrow at 9", at: "2026-10-24T12:00:00Z", in: "Europe/Berlin", next: ["2026-10-25T08:00:00Z"]),
        Instants(
            "every 3 days at 8pm", at: "2026-03-06T16:00:00Z", in: "America/Chicago",
            next: ["2026-03-07T02:00:00Z", "2026-03-10T01:00:00Z"]),
        Instants(
            "every day at midnight", at: "2026-09-05T12:00:00Z", in: "America/Santiago",
            next: ["2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"]),
        // The zone that is named rules, its day included.
        Instants(
            "tomorrow 9am Tokyo time", at: "2026-03-02T20:00:00Z", in: "Europe/Berlin", next: ["2026-03-04T00:00:00Z"]),
        Instants(
            "9am EST every monday", at: "2026-03-02T15:00:00Z", in: "Europe/Berlin",
            next: ["2026-03-09T13:00:00Z", "2026-03-16T13:00:00Z"]),
        Instants(
            "every day at 9 GMT+2", at: "2026-03-28T12:00:00Z", in: "Europe/Berlin",
            next: ["2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z"]),
        Instants(
            "every weekday at 10am IST", at: "2026-09-11T05:00:00Z", in: "Asia/Kolkata",
            next: ["2026-09-14T04:30:00Z", "2026-09-15T04:30:00Z"]),
        Instants("every day at 9 IST", at: "2026-09-11T12:00:00Z", in: "Europe/Dublin", next: ["2026-09-12T08:00:00Z"]),
        Instants("at 9 CST", at: "2026-09-11T12:00:00Z", in: "America/Chicago", next: ["2026-09-11T14:00:00Z"]),
        Instants("at 9 BST", at: "2026-09-11T12:00:00Z", in: "Europe/London", next: ["2026-09-12T08:00:00Z"]),
        // An occurrence exactly now counts as past.
        Instants("every day at 9", at: "2026-03-02T08:00:00Z", in: "Europe/Berlin", next: ["2026-03-03T08:00:00Z"]),
        Instants("every 15 minutes", at: "2026-03-02T08:00:00Z", in: "Europe/Berlin", next: ["2026-03-02T08:15:00Z"]),
        Instants("at 9", at: "2026-03-02T08:00:00Z", in: "Europe/Berlin", next: ["2026-03-03T08:00:00Z"]),
        Instants("friday at 8", at: "2026-03-06T06:59:00Z", in: "Europe/Berlin", next: ["2026-03-06T07:00:00Z"]),
        Instants("friday at 8", at: "2026-03-06T07:00:00Z", in: "Europe/Berlin", next: ["2026-03-13T07:00:00Z"]),
        Instants("this morning", at: "2026-03-02T06:00:00Z", in: "Europe/Berlin", next: ["2026-03-02T08:00:00Z"]),
    ])
    func instants(_ example: Instants) throws {
        let parser = PhraseParser(context: Person.context(example.now, example.zone))
        guard case .schedule(let schedule) = parser.parse(example.phrase) else {
            Issue.record("no schedule: \(parser.parse(example.phrase))")
            return
        }
        let next = schedule.occurrences(after: Person.date(example.now), limit: example.next.count)
        #expect(next == example.next.map(Person.date))
    }

    @Test(arguments: [
        ("tonight", "2026-03-02T17:30:00Z"), ("this morning", "2026-03-02T08:30:00Z"),
        ("this afternoon", "2026-03-02T14:00:00Z"), ("today", "2026-03-02T08:00:00Z"),
    ])
    func aPartOfTheDayThatHasBegunAsksForTheHour(_ phrase: String, _ now: String) {
        #expect(Person.read(phrase, Person.context(now)) == "ask missing_time")
    }
}
