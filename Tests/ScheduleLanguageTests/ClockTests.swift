import Testing

@Suite("Times of day: the table of clock words") struct ClockWordsTests {
    @Test(arguments: [
        Example("daily", "0 9 * * *"),
        Example("every tuesday", "0 9 * * TUE"),
        Example("on the 1st", "2026-04-01 09:00"),
        Example("every morning", "0 9 * * *"),
        Example("every day at noon", "0 12 * * *"),
        Example("at lunchtime", "2026-03-02 12:00"),
        Example("every afternoon", "0 15 * * *"),
        Example("every evening", "0 18 * * *"),
        Example("tonight", "2026-03-02 18:00"),
        Example("every night", "0 21 * * *"),
        Example("sunday at midnight", "2026-03-08 00:00"),
        Example("tonight at midnight", "2026-03-03 00:00"),
        Example("friday end of day", "2026-03-06 17:00"),
        Example("every workday at close of business", "0 17 * * MON-FRI"),
        Example("tomorrow eod", "2026-03-03 17:00"),
        Example("at 17", "2026-03-02 17:00"),
        Example("at 17:30", "2026-03-02 17:30"),
        Example("5pm", "2026-03-02 17:00"),
        Example("5.30 pm", "2026-03-02 17:30"),
        Example("5.30pm", "2026-03-02 17:30"),
        Example("0900", "2026-03-03 09:00"),
        Example("at 1730", "2026-03-02 17:30"),
        Example("9h30", "2026-03-03 09:30"),
        Example("15h", "2026-03-02 15:00"),
        Example("at 9.30", "2026-03-03 09:30"),
        Example("half past five pm", "2026-03-02 17:30"),
        Example("quarter to 12", "2026-03-02 11:45"),
        Example("a quarter past noon", "2026-03-02 12:15"),
        Example("ten to nine", "2026-03-03 08:50"),
        Example("twenty-five past eight", "2026-03-03 08:25"),
        Example("at 15 past 3pm", "2026-03-02 15:15"),
        Example("seven thirty p.m.", "2026-03-02 19:30"),
        Example("nine o'clock", "2026-03-03 09:00"),
        Example("at 3p", "2026-03-02 15:00"),
        Example("12am", "2026-03-03 00:00"),
        Example("12pm", "2026-03-02 12:00"),
        Example("at 12", "2026-03-02 12:00"),
        Example("12:30", "2026-03-02 12:30"),
        Example("at 24:00", "2026-03-03 00:00"),
        Example("at 0:15", "2026-03-03 00:15"),
        Example("13 o'clock", "2026-03-02 13:00"),
        Example("at 7", "2026-03-03 07:00"),
        Example("at 11", "2026-03-03 11:00"),
        Example("05:30", "2026-03-03 05:30"),
        Example("at 5 in the morning", "2026-03-03 05:00"),
        Example("3 o'clock in the afternoon", "2026-03-02 15:00"),
        Example("tonight at 8", "2026-03-02 20:00"),
        Example("8 tonight", "2026-03-02 20:00"),
        Example("9 tomorrow evening", "2026-03-03 21:00"),
        Example("every evening at 7", "0 19 * * *"),
        Example("every night at 10", "0 22 * * *"),
        Example("every night at 2am", "0 2 * * *"),
        Example("tonight at 2", "2026-03-03 02:00"),
        Example("friday night at 1", "2026-03-07 01:00"),
        Example("friday night at 9", "2026-03-06 21:00"),
        Example("tonight at 11pm", "2026-03-02 23:00"),
        Example("tomorrow night", "2026-03-03 21:00"),
        Example("first thing tomorrow", "2026-03-03 09:00"),
        Example("this time tomorrow", "2026-03-03 11:00"),
        Example("every morning at 8 and every evening at 7", "0 8,19 * * *"),
        Example("every morning and at 5pm", "0 9,17 * * *"),
        Example("3:23:24pm", "2026-03-02 15:23:24"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("An hour of 1 to 6 with nothing that settles it is asked about") struct AmbiguousHoursTests {
    @Test(arguments: [
        Example("at 5", "ask am_pm: 05:00, 17:00"),
        Example("5:30", "ask am_pm: 05:30, 17:30"),
        Example("half past five", "ask am_pm: 05:30, 17:30"),
        Example("quarter to 7", "ask am_pm: 06:45, 18:45"),
        Example("half three", "ask am_pm: 03:30, 15:30"),
        Example("every day at 6", "ask am_pm: 06:00, 18:00"),
        Example("tomorrow at 3", "ask am_pm: 03:00, 15:00"),
        Example("fridays at 4", "ask am_pm: 04:00, 16:00"),
        Example("every day at 9 and 5", "ask am_pm: 05:00, 17:00"),
        Example("from 2 to 4 every hour", "ask am_pm: 02:00, 14:00"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}
