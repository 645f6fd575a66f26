import Testing

@Suite("Cron as it is") struct CronTests {
    @Test(arguments: [
        Example("0 9 * * MON-FRI", "0 9 * * MON-FRI"),
        Example("*/20 8-18 * * MON-SAT", "*/20 8-18 * * MON-SAT"),
        Example("@daily", "@daily"),
        Example("@every 90s", "every 90 s"),
        Example("@reboot", "startup"),
        Example("61 9 * * *", "error out_of_range"),
        Example("0 9 * *", "error field_count"),
        Example("0 0 30 2 *", "error never_fires"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("Words that are not about time are passed over") struct PaddingTests {
    @Test(arguments: [
        Example("im available first friday of every month", "0 9 * * FRI#1"),
        Example("remind me to move car every weekday would work best for me", "0 9 * * MON-FRI"),
        Example("Run at 5:15am every Tuesday", "15 5 * * TUE"),
        Example("run the report every day at 8, please", "0 8 * * *"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("Slips of the keyboard") struct TyposTests {
    @Test(arguments: [
        Example("evry wensday 6pm", "0 18 * * WED"),
        Example("every thrusday", "0 9 * * THU"),
        Example("evryday at 8", "0 8 * * *"),
        Example("tomorow at 9", "2026-03-03 09:00"),
        Example("tmrw 8am", "2026-03-03 08:00"),
        Example("next firday at 10", "2026-03-13 10:00"),
        Example("every 30 mintues", "*/30 * * * *"),
        Example("dayly at 8", "0 8 * * *"),
        Example("wekly on monday", "0 9 * * MON"),
        Example("on Wensday at 10", "2026-03-04 10:00"),
        Example("mondays thru fridays", "0 9 * * MON-FRI"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("Refused: no time, or one that does not fit") struct RefusedTests {
    @Test(arguments: [
        Example("remember to call mitchell", "error no_schedule"),
        Example("Once in a while.", "error no_schedule"),
        Example("ah that is unusual", "error no_schedule"),
        // The last Sunday of March has no hour from 2 to 3 in Europe.
        Example("* 2 L 3 */8", "error never_due"),
        Example("25", "error not_understood"),
        Example("0.5", "error not_understood"),
        Example("17", "error not_understood"),
        Example("A4 A5", "error no_schedule"),
        Example("rat 6", "error not_understood"),
        Example("dozens o'clock", "error not_understood"),
        Example("14PM", "error not_understood"),
        Example("25:00", "error not_understood"),
        Example("7:62", "error not_understood"),
        Example("12.53%", "error not_understood"),
        Example("20-30-12", "error not_understood"),
        Example("24.0.5", "error not_understood"),
        Example("every 6.6666666666666666666666 hours", "error not_understood"),
        Example("June 10 - 31, 2026", "error not_understood"),
        Example("february 20 - 29, 2027", "error not_understood"),
        Example("10 june - 12 june", "error not_understood"),
        Example("32 August 2026", "error not_understood"),
        Example("the ides of march", "error not_understood"),
        Example("tuesday week", "error not_understood"),
        Example("monday fortnight", "error not_understood"),
        Example("every few minutes", "error not_understood"),
        Example("every month on the 3rd last Tuesday", "error unsupported"),
        Example("every friday except the last friday of the month", "error not_understood"),
        Example("every 3rd day from January to August", "error unsupported"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}
