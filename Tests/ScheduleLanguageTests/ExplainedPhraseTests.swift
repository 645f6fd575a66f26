import Testing

@Suite("Sentences as explanations write them") struct ExplainedPhraseTests {
    @Test(arguments: [
        Example("Every hour at minutes 0 and 8 to 12", "0,8-12 * * * *"),
        Example("Every hour at every 2nd minute from 1 to 59", "1/2 * * * *"),
        Example("Every hour at minutes 5 and 10, from 01:00 to 20:59", "5,10 1-20 * * *"),
        Example("Every hour at minutes 1 to 4, during the hours of 06:00 to 12:00 and 16:00", "1-4 6-12,16 * * *"),
        Example("Every 5 minutes during the hours of 09:00 and 13:00, Tuesday to Thursday", "*/5 9,13 * * TUE-THU"),
        Example("Every 5 minutes during every 2nd hour from 09:00 to 17:00", "*/5 9-17/2 * * *"),
        Example("Every 7 minutes from 09:03 to 09:59", "3,10,17,24,31,38,45,52,59 9 * * *"),
        Example("Every minute, at second 15 of that minute", "15 * * * * *"),
        Example("Every weekday at 09:00, every 10 seconds of that minute", "*/10 0 9 * * MON-FRI"),
        Example("Every weekday at 09:00:30 and 17:00", "30 0 9 * * MON-FRI | 0 17 * * MON-FRI"),
    ])
    func readsTimes(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    @Test func secondsAreKeptWhereTheyAreSaid() {
        let context = Person.context("2026-03-02T10:00:20Z")
        #expect(Person.read("mondays at 9:00:30 and 17:00", context) == "0 17 * * MON | 30 0 9 * * MON")
        #expect(Person.read("every day at this time", context) == "0 11 * * *")
    }

    @Test(arguments: [
        Example("On the 13th of every month and every Friday at 00:00", "0 0 13 * FRI"),
        Example("On every 2nd day from the 1st of every month if that is a Monday at 00:00", "0 0 */2 * MON"),
        Example("On the 1st and the 13th of every month if that is a Friday at 09:00", "0 9 */31,13 * FRI"),
        Example("On the 13th of May if that is a Sunday or the last Friday of the month at 09:00", "0 9 13 5 */7,FRIL"),
        Example("On the working day nearest to the 15th of every month at 09:00", "0 9 15W * *"),
        Example("On the day before the last day of every month at 09:00", "0 9 L-1 * *"),
        Example("On the day 3 days before the last day of March and June at 09:00", "0 9 L-3 3,6 *"),
        Example("On every 3rd day from the 2nd to the 20th of every month at 09:00", "0 9 2-20/3 * *"),
        Example("On the 25th to the 5th of every month from June to August at 09:00", "0 9 25-5 6-8 *"),
        Example("Every Monday and on the second Friday of every month at 09:00", "0 9 * * MON,FRI#2"),
        Example("Every hour, every year on 1 March and every Friday in March", "0 * 1 3 FRI"),
    ])
    func readsDays(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    @Test(arguments: [
        Example("Every hour, at fixed times", "0 0-23 * * *"),
        Example("Every day at 09:00 and 09:25, as the clock shows", "*/60,25 9 * * *"),
        Example("Every day at 00:05 and 07:05, as the clock shows", "5 */24,7 * * *"),
        Example("every 10 seconds as the clock shows", "*/10 * * * * *"),
        Example("Every 10 seconds, on Mondays, as the clock shows", "*/10 * * * * MON"),
        Example("every 30 minutes by elapsed time", "every 1800 s"),
        Example("Every hour, by elapsed time, 3 times", "every 3600 s; 3 times; until 2026-03-02 14:00"),
        Example(
            "Every 6 hours, as the clock shows, from 3 March 2026 at 13:00", "0 */6 * * *; start 2026-03-03 13:00"),
        Example("Every 2 hours, by elapsed time, from 3 March 2026 at 13:00", "every 7200 s; start 2026-03-03 13:00"),
    ])
    func readsTheRuleOfClockChanges(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    @Test(arguments: [
        Example("Every weekday at 09:00, and every Saturday at 11:00", "0 9 * * MON-FRI | 0 11 * * SAT"),
        Example("Every day at 10:00, and every 10 minutes from 09:00 to 09:50", "0 10 * * * | */10 9 * * *"),
        Example("When the scheduler starts", "startup"),
        Example(
            "Every hour at minutes 5 and 10, from 01:00 to 20:59, except on Mondays, until 31 August 2026",
            "5,10 1-20 * * *; until 2026-08-31 23:59:59; not 1"),
        Example("Every hour at minutes 5 and 10, 3 times", "5,10 * * * *; 3 times; until 2026-03-02 12:05"),
    ])
    func readsClausesAndBounds(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }

    /// Near misses are read as people mean them, or not at all.
    @Test(arguments: [
        Example("every 10 seconds", "every 10 s"),
        Example("every 6 hours, from 3 March 2026 at 13:00", "0 1/6 * * *; start 2026-03-03 13:00"),
        Example("On the 13th of every month if that is a Friday at 09:00", "error unsupported"),
        Example("every day at 5:30", "ask am_pm: 05:30, 17:30"),
        Example("every hour at minutes 5 and 70", "error not_understood"),
    ])
    func leavesTheRest(_ example: Example) { #expect(Person.read(example.phrase) == example.reading) }
}
