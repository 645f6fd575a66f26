import Testing

@Suite("What is named beside a repetition frames it") struct FramesTests {
    @Test(arguments: [
        Example("every hour tomorrow", "0 * * * *; start 2026-03-03 00:00; until 2026-03-03 23:59:59"),
        Example("every 2 hours today", "0 */2 * * *; start 2026-03-02 00:00; until 2026-03-02 23:59:59"),
        Example("every 2 hours on 24 december", "0 */2 24 12 *; start 2026-12-24 00:00; until 2026-12-24 23:59:59"),
        Example("every day next week at 9", "0 9 * * *; start 2026-03-09 00:00; until 2026-03-15 23:59:59"),
        Example("every day this week at 15:00", "0 15 * * *; start 2026-03-02 00:00; until 2026-03-08 23:59:59"),
        Example("every weekday this month", "0 9 * * MON-FRI; start 2026-03-01 00:00; until 2026-03-31 23:59:59"),
        Example("every friday next month", "0 9 * * FRI; start 2026-04-01 00:00; until 2026-04-30 23:59:59"),
        Example(
            "every 30 minutes tomorrow from 9 to 12",
            "*/30 9-11 * * * | 0 12 * * *; start 2026-03-03 00:00; until 2026-03-03 23:59:59"),
        Example(
            "daily from 1 december 2026 until 15 january 2027 at 10",
            "0 10 * * *; start 2026-12-01 00:00; until 2027-01-15 23:59:59"),
        Example(
            "every day from 24 december to 6 january", "0 9 * * *; start 2026-12-24 00:00; until 2027-01-06 23:59:59"),
        Example("daily until friday at 10", "0 10 * * *; until 2026-03-06 23:59:59"),
        Example("every weekday starting next week at 10", "0 10 * * MON-FRI; start 2026-03-09 10:00"),
        Example("every hour starting at 10:30", "30 * * * *; start 2026-03-02 10:30"),
        Example("every 4 hours from 6am", "0 2/4 * * *; start 2026-03-02 06:00"),
        Example("every day at 9 except on mondays or fridays", "0 9 * * *; not 1,5"),
        Example("thursday for the next three weeks at 4pm", "0 16 * * THU; until 2026-03-23 11:00"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("Several days and moments in one phrase") struct SeveralDaysTests {
    @Test(arguments: [
        Example("next monday and tuesday at 9", "2026-03-09 09:00, 2026-03-10 09:00"),
        Example("this weekend", "2026-03-07 09:00, 2026-03-08 09:00"),
        Example("in 10 minutes and in 20 minutes", "2026-03-02 11:10, 2026-03-02 11:20"),
        Example("tomorrow at 9 and friday at 10", "2026-03-03 09:00, 2026-03-06 10:00"),
        Example("today and tomorrow at 17:00", "2026-03-02 17:00, 2026-03-03 17:00"),
        Example("monday at 9 and wednesday at 10", "0 9 * * MON | 0 10 * * WED"),
        Example("mon 9am, wed 10am, fri 11am", "0 9 * * MON | 0 10 * * WED | 0 11 * * FRI"),
        Example("every november on the fourth thursday", "0 9 * 11 THU#4"),
        Example("every month on the 2nd tuesday and 4th thursday", "0 9 * * TUE#2 | 0 9 * * THU#4"),
        Example("on the 15th and the last day of every month", "0 9 15,L * *"),
        Example("every quarter on the 15th at 8", "0 8 15 1,4,7,10 *"),
        Example("every other month on the 1st", "every 2 month from 2026-04-01 at 09:00"),
        Example("mondays in june at 9", "0 9 * 6 MON"),
        Example("on weekdays in december at 8", "0 8 * 12 MON-FRI"),
        Example("monthly at the end of the month", "0 9 L * *"),
        Example("every friday of the month", "0 9 * * FRI"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("In a phrase that corrects itself the last word stands") struct CorrectionsTests {
    @Test(arguments: [
        Example("at 9, no, at 10", "2026-03-03 10:00"),
        Example("every 20 minutes, no wait, every 30 minutes", "*/30 * * * *"),
        Example("tomorrow, actually friday at 10", "2026-03-06 10:00"),
        Example("every monday, sorry, every tuesday at 9", "0 9 * * TUE"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("What is no single schedule is refused, never guessed") struct NotOneScheduleTests {
    @Test(arguments: [
        Example("friday or saturday", "error not_understood"),
        Example("at 9 or 10", "error not_understood"),
        Example("tomorrow and friday at 9", "error unsupported"),
        Example("tomorrow after 5pm", "error no_repetition"),
        Example("every hour on monday and every 2 hours on tuesday", "error unsupported"),
        Example("every 30 minutes on weekdays 9-17 and saturdays 10-14", "error unsupported"),
        Example("every other monday at 9 and tuesdays at 10", "error unsupported"),
        Example("daily at 9, weekly on monday at 10", "error unsupported"),
        Example("tuesdays at 10 in summer", "error not_understood"),
        Example("24/7", "error not_understood"),
        Example("every leap year", "error not_understood"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}
