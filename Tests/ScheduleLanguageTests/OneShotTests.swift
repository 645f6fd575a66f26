import Testing

@Suite("One-shots") struct OneShotsTests {
    @Test(arguments: [
        Example("tomorrow", "2026-03-03 09:00"),
        Example("the day after tomorrow", "2026-03-04 09:00"),
        Example("tomorrow at 8 and 20", "2026-03-03 08:00, 2026-03-03 20:00"),
        Example("in 20 minutes", "2026-03-02 11:20"),
        Example("in an hour and a half", "2026-03-02 12:30"),
        Example("in 1.5 hours", "2026-03-02 12:30"),
        Example("in 2 and a half hours", "2026-03-02 13:30"),
        Example("in three-quarters of an hour", "2026-03-02 11:45"),
        Example("in 1/2h", "2026-03-02 11:30"),
        Example("in 1d 2hr 5min", "2026-03-03 13:05"),
        Example("in ninety seconds", "2026-03-02 11:01:30"),
        Example("in a couple of hours", "2026-03-02 13:00"),
        Example("in 2 weeks", "2026-03-16 11:00"),
        Example("in 3 days", "2026-03-05 11:00"),
        Example("in 3 days at 9", "2026-03-05 09:00"),
        Example("in two weeks on friday", "2026-03-20 11:00"),
        Example("in 1.5 days", "2026-03-03 23:00"),
        Example("2 hours from now", "2026-03-02 13:00"),
        Example("a week from today", "2026-03-09 11:00"),
        Example("5 months from now", "2026-08-02 11:00"),
        Example("1 week hence", "2026-03-09 11:00"),
        Example("friday", "2026-03-06 09:00"),
        Example("monday", "2026-03-09 09:00"),
        Example("this friday", "2026-03-06 09:00"),
        Example("next friday", "2026-03-13 09:00"),
        Example("next monday morning", "2026-03-09 09:00"),
        Example("wednesday of next week", "2026-03-11 09:00"),
        Example("friday next week at 10", "2026-03-13 10:00"),
        Example("on the weekend", "2026-03-07 09:00, 2026-03-08 09:00"),
        Example("next business day", "2026-03-03 09:00"),
        Example("today at 18", "2026-03-02 18:00"),
        Example("on the 15th", "2026-03-15 09:00"),
        Example("the 3rd", "2026-03-03 09:00"),
        Example("the 30th at 8", "2026-03-30 08:00"),
        Example("tuesday 10th", "2026-03-10 09:00"),
        Example("friday the 13th", "2026-03-13 09:00"),
        Example("the last friday of the month", "2026-03-27 09:00"),
        Example("the second tuesday", "2026-03-10 09:00"),
        Example("the last working day", "2026-03-31 09:00"),
        Example("first wednesday of october 2027", "2027-10-06 09:00"),
        Example("fifth last day of May", "2026-05-27 09:00"),
        Example("20th of the next month", "2026-04-20 09:00"),
        Example("at the end of the month", "2026-03-31 09:00"),
        Example("next week", "2026-03-09 09:00"),
        Example("next month", "2026-04-01 09:00"),
        Example("next year", "2027-01-01 09:00"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("Dates") struct DatesTests {
    @Test(arguments: [
        Example("on 24 december", "2026-12-24 09:00"),
        Example("24 december at 18:00", "2026-12-24 18:00"),
        Example("december 24th", "2026-12-24 09:00"),
        Example("the 15th of april", "2026-04-15 09:00"),
        Example("4th of July", "2026-07-04 09:00"),
        Example("april 14, 2027", "2027-04-14 09:00"),
        Example("14april 2027", "2027-04-14 09:00"),
        Example("march third 2027", "2027-03-03 09:00"),
        Example("Wed, Apr 8", "2026-04-08 09:00"),
        Example("Fri, Jul 17, 2026 07:00 PM", "2026-07-17 19:00"),
        Example("24 and 31 December", "2026-12-24 09:00, 2026-12-31 09:00"),
        Example("christmas at 8", "2026-12-25 08:00"),
        Example("12/24", "2026-12-24 09:00"),
        Example("24/12", "2026-12-24 09:00"),
        Example("12/24/2026 5pm", "2026-12-24 17:00"),
        Example("4/4", "2026-04-04 09:00"),
        Example("7.8.", "2026-08-07 09:00"),
        Example("24.12.2026 at 10:00", "2026-12-24 10:00"),
        Example("2026-12-24", "2026-12-24 09:00"),
        Example("2026/12/24 at 6pm", "2026-12-24 18:00"),
        Example("2026-08-10T18:00", "2026-08-10 18:00"),
        Example("2026-08-10T18:00Z", "2026-08-10 18:00; in UTC"),
        Example("14 february", "2027-02-14 09:00"),
        Example("mon 4/5", "2026-05-04 09:00"),
        Example("on 3/4 at 10:00", "ask date_order: 3 April 2026, 4 March 2026"),
        Example("05/06/2026 09:00", "ask date_order: 5 June 2026, 6 May 2026"),
        Example("29 February 2027", "error no_such_date"),
        Example("31 June", "error no_such_date"),
        Example("2019-01-01", "ask past"),
        Example("February 2027", "2027-02-01 09:00"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}

@Suite("What is past is asked about") struct PastTests {
    @Test(arguments: [
        Example("yesterday at 5", "ask past"),
        Example("2 days ago", "ask past"),
        Example("last friday", "ask past"),
        Example("today at 7:00", "ask past: tomorrow at 07:00"),
        Example("this morning", "ask missing_time"),
        Example("this morning at 3", "ask past: tomorrow at 03:00"),
        Example("on 2019-01-01", "ask past"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }
}
