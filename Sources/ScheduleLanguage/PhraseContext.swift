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

    package init(now: Date, zone: String, hourHabit: HourHabit = .ask, dateOrder: DateOrder = .ask) {
        self.now = now
        self.zone = zone
        self.hourHabit = hourHabit
        self.dateOrder = dateOrder
    }
}
