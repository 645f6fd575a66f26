import Testing

@Suite("Zones") struct ZonesTests {
    @Test(arguments: [
        Example("every weekday at 9 Berlin time", "0 9 * * MON-FRI"),
        Example("at 9 New York time", "2026-03-02 09:00; in America/New_York"),
        Example("every day at 17:00 UTC", "0 17 * * *; in UTC"),
        Example("9am EST every monday", "0 9 * * MON; in America/New_York"),
        Example("4pm CET", "2026-03-02 16:00; in Europe/Paris"),
        Example("every thursday at 8am Tokyo time", "0 8 * * THU; in Asia/Tokyo"),
        Example("every day 08:30 America/New_York", "30 8 * * *; in America/New_York"),
        Example("every day at 9 GMT+2", "0 9 * * *; in UTC+02:00"),
        Example("at 9 UTC +2", "2026-03-03 09:00; in UTC+02:00"),
        Example("tomorrow 9am Tokyo time", "2026-03-03 09:00; in Asia/Tokyo"),
        Example("Thursday 8:00 PST", "2026-03-05 08:00; in America/Los_Angeles"),
        Example("9am pacific time", "2026-03-02 09:00; in America/Los_Angeles"),
        Example("9am eastern standard time", "2026-03-02 09:00; in America/New_York"),
        Example("every day at 9 in Tokyo", "0 9 * * *; in Asia/Tokyo"),
        Example("every day at 9 local time", "0 9 * * *"),
        Example("every day at 9 IST", "ask zone: Asia/Kolkata, Europe/Dublin, Asia/Jerusalem"),
        Example("9am CST", "ask zone: America/Chicago, Asia/Shanghai, America/Havana"),
        Example("every weekday at 10:00 Gondor time", "ask zone"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}
