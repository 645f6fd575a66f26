import Testing

@Suite("Figures as people write and say them") struct SpokenFigureTests {
    @Test(arguments: [
        Example("in 0,5 hours", "2026-03-02 11:30"),
        Example("every 0,5 hours", "*/30 * * * *"),
        Example("in 0,25 hours", "2026-03-02 11:15"),
        Example("in 1,5 hours", "error not_understood"),
        Example("in a few hours", "2026-03-02 14:00"),
        Example("in a couple of minutes", "2026-03-02 11:02"),
        Example("in a pair of days", "2026-03-04 11:00"),
        Example("a couple of days from now", "2026-03-04 11:00"),
        Example("in several hours", "ask missing_time: in 3 hours, in 5 hours"),
        Example("every few minutes", "error not_understood"),
        Example("every couple of hours", "0 */2 * * *"),
        Example("in 15'", "2026-03-02 11:15"),
        Example("in 90\"", "2026-03-02 11:01:30"),
        Example("about ~5 hours from now", "2026-03-02 16:00"),
    ])
    func amounts(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    @Test(arguments: [
        Example("at 9 15", "2026-03-03 09:15"),
        Example("at 3 15", "ask am_pm: 03:15, 15:15"),
        Example("at 15 30 tomorrow", "2026-03-03 15:30"),
        Example("11 at night", "2026-03-02 23:00"),
        Example("tomorrow 10 at night", "2026-03-03 22:00"),
        Example("every day at 9 o clock", "0 9 * * *"),
        Example("9ish tomorrow", "2026-03-03 09:00"),
        Example("mid-day tomorrow", "2026-03-03 12:00"),
        Example("mid day", "2026-03-02 12:00"),
        Example("2026-08-10T18:00:00.123Z", "2026-08-10 18:00; in UTC"),
    ])
    func times(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    @Test(arguments: [
        Example("4 times, every 15 minutes", "*/15 * * * *; 4 times; until 2026-03-02 12:00"),
        Example("3 times, every hour", "0 * * * *; 3 times; until 2026-03-02 14:00"),
        Example("for the next 4 days at 21:00", "0 21 * * *; until 2026-03-05 21:00"),
        Example("at 21:00 for the next 4 days", "0 21 * * *; until 2026-03-05 21:00"),
    ])
    func counts(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }
}
