import Foundation

/// What words about time are read against: the moment, the person's zone, and the person's habits.
package struct PhraseContext: Sendable {
    package enum HourHabit: String, Codable, Sendable { case ask, am, pm }
    package enum DateOrder: String, Codable, Sendable { case ask, dayFirst = "day_first", monthFirst = "month_first" }

    package var now: Date
    /// IANA name of the person's zone.
    package var zone: String
    package var hourHabit: HourHabit
    package var dateOrder: DateOrder
    /// The calendars that "holidays" can mean; `nil` where calendars are not spoken of (`rota schedule parse --batch`).
    package var calendars: [PhraseCalendar]?
    /// The name of the calendar that a person chose when asked.
    package var holidays: String?

    package init(
        now: Date, zone: String, hourHabit: HourHabit = .ask, dateOrder: DateOrder = .ask,
        calendars: [PhraseCalendar]? = nil
    ) {
        self.now = now
        self.zone = zone
        self.hourHabit = hourHabit
        self.dateOrder = dateOrder
        self.calendars = calendars
    }
}
