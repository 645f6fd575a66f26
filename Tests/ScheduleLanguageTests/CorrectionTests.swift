import Testing

@Suite("What corrects itself: the last word stands") struct CorrectionTests {
    @Test(arguments: [
        Example("every monday, no, every tuesday at 8:10", "10 8 * * TUE"),
        Example("every day at 8, sorry, at 11", "0 11 * * *"),
        Example("every day at 7 - nope, at 8", "0 8 * * *"),
        Example("at 9, no, 10", "2026-03-03 10:00"),
        Example("at 9, make that 10", "2026-03-03 10:00"),
        Example("at 9, make it 10:30", "2026-03-03 10:30"),
        Example("at 9, scratch that, at 10", "2026-03-03 10:00"),
        Example("tomorrow, i mean friday at 8", "2026-03-06 08:00"),
        Example("tomorrow at 8, i meant 10", "2026-03-03 10:00"),
        Example("in 2 hours, wait, in 3 hours", "2026-03-02 14:00"),
        Example("every 20 minutes, no wait, every 30 minutes", "*/30 * * * *"),
        Example("daily at 7, no, at 8, oh wait, at 9", "0 9 * * *"),
        Example("every friday at 10, actually at noon", "0 12 * * FRI"),
    ])
    func reads(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    /// Without a word that takes it back, both count or neither does.
    @Test(arguments: [
        Example("every day at 9, at 10", "0 9,10 * * *"),
        Example("at 9 no 10", "error not_understood"),
        Example("friday or saturday", "error not_understood"),
    ])
    func takesBackNothing(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }
}
