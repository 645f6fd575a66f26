import CronExpressions
import Foundation
import JobModel

/// Moments as a person reads them: always with weekday, and with the offset where a zone could be mistaken.
package struct OccurrenceText: Sendable {
    let zone: ZoneRules?
    let name: String

    /// - Parameter zone: an IANA name; an unknown one is shown as UTC.
    package init(zone name: String) {
        zone = (try? ZoneRules.named(name)) ?? (try? ZoneRules.named("UTC"))
        self.name = name
    }

    /// "Fri 27 Mar 09:00 +01:00"; with seconds where there are any, with the year where it is not `now`'s.
    package func moment(_ date: Date, now: Date) -> String {
        "\(short(date, now: now)) \(offset(date))"
    }

    /// "Fri 27 Mar 09:00".
    package func short(_ date: Date, now: Date) -> String {
        "\(day(date, now: now)) \(clock(date))"
    }

    /// "Fri 27 Mar", with the year where it is not `now`'s.
    package func day(_ date: Date, now: Date) -> String {
        guard let zone else { return "" }
        let local = zone.localComponents(at: date)
        let year = local.year == zone.localComponents(at: now).year ? "" : " \(local.year)"
        return "\(Self.weekdays[local.weekday - 1]) \(local.day) \(Self.months[local.month - 1])\(year)"
    }

    /// "09:00", or "09:00:30".
    package func clock(_ date: Date) -> String {
        guard let zone else { return "" }
        let local = zone.localComponents(at: date)
        return local.second == 0
            ? String(format: "%02d:%02d", local.hour, local.minute)
            : String(format: "%02d:%02d:%02d", local.hour, local.minute, local.second)
    }

    /// "09:00:03".
    package func clockWithSeconds(_ date: Date) -> String {
        guard let zone else { return "" }
        let local = zone.localComponents(at: date)
        return String(format: "%02d:%02d:%02d", local.hour, local.minute, local.second)
    }

    /// "+01:00".
    package func offset(_ date: Date) -> String {
        guard let zone else { return "+00:00" }
        let seconds = zone.offset(at: date)
        let minutes = abs(seconds) / 60
        return "\(seconds < 0 ? "-" : "+")\(String(format: "%02d:%02d", minutes / 60, minutes % 60))"
    }

    /// "Fri 27 Mar 09:00 +01:00, Mon 30 Mar 09:00 +02:00 (clocks change on 29 Mar), …": the change stands at the first
    /// occurrence behind it.
    package func list(_ dates: [Date], now: Date) -> String {
        var previous = now
        let parts = dates.map { date -> String in
            defer { previous = date }
            return moment(date, now: now) + changeNote(between: previous, and: date)
        }
        return parts.joined(separator: ", ")
    }

    private func changeNote(between start: Date, and end: Date) -> String {
        guard let zone, let change = zone.nextTransition(after: start), change.at <= end, change.before != change.after
        else { return "" }
        let local = zone.localComponents(at: change.at)
        return " (clocks change on \(local.day) \(Self.months[local.month - 1]))"
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
