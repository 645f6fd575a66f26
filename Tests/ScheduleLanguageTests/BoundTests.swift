import Testing

@Suite("Within a span of each day") struct SpansTests {
    @Test(arguments: [
        Example("every 30 minutes during business hours", "*/30 9-17 * * MON-FRI"),
        Example("every 2 hours during business hours", "0 9-17/2 * * MON-FRI"),
        Example("hourly in working hours", "0 9-17 * * MON-FRI"),
        Example(
            "every 45 minutes during business hours",
            "0,45 9,12,15 * * MON-FRI | 30 10,13,16 * * MON-FRI | 15 11,14,17 * * MON-FRI"),
        Example("every minute during business hours", "* 9-17 * * MON-FRI"),
        Example("from 9 to 17 every 15 minutes", "*/15 9-16 * * * | 0 17 * * *"),
        Example("9-17 every 15 min", "*/15 9-16 * * * | 0 17 * * *"),
        Example("Mon-Fri 9-17 every 15 min", "*/15 9-16 * * MON-FRI | 0 17 * * MON-FRI"),
        Example("between 9 and 5 every hour", "0 9-17 * * *"),
        Example("every hour from 9 to 5 on weekdays", "0 9-17 * * MON-FRI"),
        Example("every 45 minutes from 9 to 17", "0,45 9,12,15 * * * | 30 10,13,16 * * * | 15 11,14 * * *"),
        Example("every 2 hours 8am-6pm weekdays", "0 8-18/2 * * MON-FRI"),
        Example("every 30 min from 8:30 to 10:00", "30 8 * * * | */30 9 * * * | 0 10 * * *"),
        Example("every 10 minutes from 22:00 to 02:00", "*/10 0,1,22,23 * * * | 0 2 * * *"),
        Example("every 1 min after 2:00pm and before 2:06pm", "0-5 14 * * *"),
        Example("every 1 hour after 2:00pm and before 7:00pm", "0 14-18 * * *"),
        Example("every 20 minutes from 10 to 6", "*/20 10-17 * * * | 0 18 * * *"),
        Example("11 to 12 every weekday", "ask missing_time: every hour, every 30 minutes"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("From, until, so many times, except") struct BoundsTests {
    @Test(arguments: [
        Example("every 10 minutes until 18:00", "*/10 * * * *; until 2026-03-02 18:00"),
        Example("every day until friday", "0 9 * * *; until 2026-03-06 23:59:59"),
        Example(
            "every weekday at 7:30 from 1 June until 31 August",
            "30 7 * * MON-FRI; start 2026-06-01 00:00; until 2026-08-31 23:59:59"),
        Example("every monday until christmas", "0 9 * * MON; until 2026-12-25 23:59:59"),
        Example("every thursday until next month", "0 9 * * THU; until 2026-03-31 23:59:59"),
        Example("daily at 8 until the end of the month", "0 8 * * *; until 2026-03-31 23:59:59"),
        Example("every day at 8:15 starting next monday", "15 8 * * *; start 2026-03-09 00:00"),
        Example("daily starting monday", "0 9 * * *; start 2026-03-09 00:00"),
        Example("every day at 8 from tomorrow", "0 8 * * *; start 2026-03-03 00:00"),
        Example("weekly starting 1 june", "0 9 * * MON; start 2026-06-01 00:00"),
        Example(
            "every other friday starting next friday at 16:00",
            "every 2 week from 2026-03-13 on FRI at 16:00; start 2026-03-13 16:00"),
        Example("every day for the next 3 days", "0 9 * * *; until 2026-03-05 09:00"),
        Example("every hour for the next 3 days", "0 * * * *; until 2026-03-05 11:00"),
        Example("every 5 minutes for an hour", "*/5 * * * *; until 2026-03-02 12:00"),
        Example("fridays for twelve weeks", "0 9 * * FRI; until 2026-05-25 11:00"),
        Example("every day at 9, 5 times", "0 9 * * *; 5 times; until 2026-03-07 09:00"),
        Example("every 20 minutes, 3 times", "*/20 * * * *; 3 times; until 2026-03-02 12:00"),
        Example("fridays twice", "0 9 * * FRI; 2 times; until 2026-03-13 09:00"),
        Example("every week for 20 times", "0 9 * * MON; 20 times; until 2026-07-20 09:00"),
        Example("every day at 10 except on mondays", "0 10 * * *; not 1"),
        Example("every day except weekends at 9", "0 9 * * *; not 6,7"),
        Example("weekdays but not wednesday", "0 9 * * MON-FRI; not 3"),
        Example("every weekday at 8 except on 25 December", "0 8 * * MON-FRI; not 12-25"),
        Example("every weekday except 25 December and 1 January", "0 9 * * MON-FRI; not 12-25; not 01-01"),
        Example("daily except in april", "0 9 * 1-3,5-12 *"),
        Example("every weekday except on holidays", "ask calendar"),
        Example("every day until 1 january 2020", "ask past"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}
