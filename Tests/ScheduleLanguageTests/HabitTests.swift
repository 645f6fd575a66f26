import ScheduleLanguage
import Testing

@Suite("Habits of the person settle questions") struct HabitTests {
    @Test(arguments: [
        (PhraseContext.HourHabit.am, "0 5 * * *"), (.pm, "0 17 * * *"), (.ask, "ask am_pm: 05:00, 17:00"),
    ])
    func hours(_ habit: PhraseContext.HourHabit, _ reading: String) {
        #expect(Person.read("every day at 5", Person.context(hour: habit)) == reading)
    }

    @Test(arguments: [PhraseContext.HourHabit.am, .pm])
    func settledHoursStay(_ habit: PhraseContext.HourHabit) {
        let context = Person.context(hour: habit)
        #expect(Person.read("every day at 05:30", context) == "30 5 * * *")
        #expect(Person.read("every evening at 6", context) == "0 18 * * *")
        #expect(Person.read("every day at 8", context) == "0 8 * * *")
    }

    @Test(arguments: [
        (PhraseContext.DateOrder.dayFirst, "2026-04-03 10:00"), (.monthFirst, "2026-03-04 10:00"),
        (.ask, "ask date_order: 3 April 2026, 4 March 2026"),
    ])
    func dates(_ order: PhraseContext.DateOrder, _ reading: String) {
        #expect(Person.read("on 3/4 at 10:00", Person.context(order: order)) == reading)
    }

    @Test func whatIsAskedFirst() {
        #expect(Person.read("on 3/4 at 5 Gondor time").hasPrefix("ask date_order"))
        #expect(Person.read("tomorrow at 5 Gondor time").hasPrefix("ask am_pm"))
        #expect(Person.read("tomorrow at 9 Gondor time").hasPrefix("ask zone"))
    }
}
