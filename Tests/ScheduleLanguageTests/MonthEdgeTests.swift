import Testing

@Suite("Edges of the month, and dates as people join them") struct MonthEdgeTests {
    @Test(arguments: [
        Example("start of each month", "0 9 1 * *"),
        Example("the beginning of every month at 8", "0 8 1 * *"),
        Example("in the beginning of months", "0 9 1 * *"),
        Example("at the start of next month", "2026-04-01 09:00"),
        Example("the start of the month", "2026-04-01 09:00"),
        Example("3rd to last day of every month", "0 9 L-2 * *"),
        Example("the 2nd to the last day of the month", "2026-03-30 09:00"),
    ])
    func edges(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    @Test(arguments: [
        Example("10-August-2026", "2026-08-10 09:00"),
        Example("10/Aug/2026 at 14:00", "2026-08-10 14:00"),
        Example("10-aug at 7", "2026-08-10 07:00"),
        Example("2026 August 10", "2026-08-10 09:00"),
        Example("March, 6th", "2026-03-06 09:00"),
        Example("7 May 2031 13.12", "2031-05-07 13:12"),
        Example("10-August-2012", "ask past"),
        Example("31-June-2026", "error no_such_date"),
        Example("14 April 15", "error not_understood"),
    ])
    func joinedDates(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }
}
