import Testing

@Suite("Moments that are reckoned from others") struct AnchoredTests {
    @Test(arguments: [
        Example("2 days after next friday", "2026-03-15 09:00"),
        Example("2 days after next friday at 8", "2026-03-15 08:00"),
        Example("a week before 24 december", "2026-12-17 09:00"),
        Example("3 days from tomorrow", "2026-03-06 09:00"),
        Example("2 days after yesterday", "2026-03-03 09:00"),
        Example("a month after 31 march", "2026-04-30 09:00"),
        Example("15 minutes from 1pm", "2026-03-02 13:15"),
        Example("an hour before midnight", "2026-03-02 23:00"),
        Example("two hours after noon tomorrow", "2026-03-03 14:00"),
        Example("10 minutes before 17:00 on friday", "2026-03-06 16:50"),
        Example("an hour after lunch", "2026-03-02 13:00"),
        Example("in 2 days after 5 march", "2026-03-07 09:00"),
        Example("90 minutes before 10:00 Tokyo time", "2026-03-03 08:30; in Asia/Tokyo"),
        Example("3 fridays from now", "2026-03-20 09:00"),
        Example("in two mondays from today at 10", "2026-03-16 10:00"),
        Example("now + 40 minutes", "2026-03-02 11:40"),
        Example("+15 minutes", "2026-03-02 11:15"),
        Example("next tuesday + 10 days", "2026-03-20 09:00"),
        Example("2 days hence", "2026-03-04 11:00"),
        Example("30 minutes out", "2026-03-02 11:30"),
        Example("5 minutes from right now", "2026-03-02 11:05"),
        Example("in a decade", "2036-03-02 11:00"),
        Example("set a timer for 5 minutes", "2026-03-02 11:05"),
        Example("timer for 90 seconds", "2026-03-02 11:01:30"),
    ])
    func reads(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    @Test(arguments: [
        Example("2 days before yesterday", "ask past"),
        Example("2 days after the meeting", "error not_understood"),
        Example("3 days before last monday", "error not_understood"),
        Example("an hour after 5", "ask am_pm: 05:00, 17:00"),
        Example("the closest monday to 5 October", "error not_understood"),
        Example("the monday closest to 5 October", "error not_understood"),
    ])
    func isHonestAboutTheRest(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }
}
