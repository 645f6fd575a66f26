import Foundation

extension CronExpression {
    /// Returns the first matching second strictly after `date`, or `nil` for `@reboot` and for an expression of which the
    /// zone skips every match: `* 2 25-31 3 */7` in Europe.
    ///
    /// A fixed time that a clock change skips fires at the first instant after the gap; one that occurs twice fires the
    /// first time. An expression whose minute or hour begins with `*` follows the wall clock as it shows: nothing is
    /// made up for a skipped hour, and a repeated hour fires again.
    package func nextOccurrence(after date: Date, in zone: ZoneRules) -> Date? {
        guard !isReboot else { return nil }
        let next =
            program.followsClock
            ? nextShown(after: date.wholeSeconds, in: zone.table) : nextFixed(after: date.wholeSeconds, in: zone.table)
        return next.map { Date(wholeSeconds: $0) }
    }

    /// Returns the last matching second strictly before `date`, by the same rules, or `nil` for `@reboot`.
    package func previousOccurrence(before date: Date, in zone: ZoneRules) -> Date? {
        guard !isReboot else { return nil }
        // A whole second before `date`: the latest instant that may be answered.
        let latest = -Date(timeIntervalSince1970: -date.timeIntervalSince1970).wholeSeconds - 1
        let previous =
            program.followsClock
            ? previousShown(atOrBefore: latest, in: zone.table) : previousFixed(atOrBefore: latest, in: zone.table)
        return previous.map { Date(wholeSeconds: $0) }
    }

    // MARK: Fixed times: each wall-clock time once

    private func nextFixed(after instant: Int, in table: ZoneTable) -> Int? {
        let segment = table.segment(at: instant)
        var earliest = instant + segment.offset + 1
        // In a repeated hour everything that the clock shows has been; what comes next comes after it.
        if let end = segment.endOfRepeatedWall { earliest = max(earliest, end) }
        guard let wall = program.next(atOrAfter: earliest) else { return nil }
        return wall - segment.offset < segment.end ? wall - segment.offset : table.instant(ofWall: wall)
    }

    private func previousFixed(atOrBefore instant: Int, in table: ZoneTable) -> Int? {
        let segment = table.segment(at: instant)
        var latest = instant + segment.offset
        if let end = segment.endOfRepeatedWall, latest < end { latest = end - 1 }
        return program.previous(atOrBefore: latest).map(table.instant(ofWall:))
    }

    // MARK: Following the clock: each instant at which the clock shows a match

    /// Calendars repeat after 400 years, and so do the clock changes of a zone once they follow a rule (by 2100).
    private static func endOfCycle(after instant: Int) -> Int { max(instant, 4_102_444_800) + 400 * 31_556_952 }

    private func nextShown(after instant: Int, in table: ZoneTable) -> Int? {
        let end = Self.endOfCycle(after: instant)
        var segment = table.segment(at: instant)
        var earliest = instant + 1
        while let wall = program.next(atOrAfter: earliest + segment.offset) {
            if wall - segment.offset < segment.end { return wall - segment.offset }
            guard segment.end < end else { return nil }
            earliest = segment.end
            segment = table.segment(at: earliest)
        }
        return nil
    }

    private func previousShown(atOrBefore instant: Int, in table: ZoneTable) -> Int? {
        var latest = instant
        while true {
            let segment = table.segment(at: latest)
            guard let wall = program.previous(atOrBefore: latest + segment.offset) else { return nil }
            if wall - segment.offset >= segment.start { return wall - segment.offset }
            latest = segment.start - 1
        }
    }
}
