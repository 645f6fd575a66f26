import Foundation

/// What the clocks of one zone show at any moment: the system's zone data, or a fixed offset.
///
/// Two values are equal when they name the same zone, whatever release of the zone data they were read from.
package struct ZoneRules: Sendable {
    /// The name in its usual spelling (`Europe/Berlin`, `UTC`, `UTC+05:30`). Links keep their own name.
    package let identifier: String
    let table: ZoneTable

    package static let utc = ZoneRules(identifier: "UTC", table: ZoneTable(fixedOffset: 0, abbreviation: "UTC"))

    init(identifier: String, table: ZoneTable) {
        self.identifier = identifier
        self.table = table
    }

    /// Seconds east of UTC.
    package func offset(at date: Date) -> Int { table.segment(at: date.wholeSeconds).offset }

    /// The short name in force (`CEST`, `+0330`).
    package func abbreviation(at date: Date) -> String { table.abbreviation(at: date.wholeSeconds) }

    /// What the clock shows, fractions of a second dropped.
    package func localComponents(at date: Date) -> LocalDateTime {
        let instant = date.wholeSeconds
        return LocalDateTime(wallSeconds: instant + table.segment(at: instant).offset)
    }

    /// When the clock shows `local`: of a doubled time the first, of a skipped time the first instant after the gap.
    ///
    /// Days, hours, minutes and seconds may run over (31 April, 24:00); months may not.
    package func instant(of local: LocalDateTime) -> Date {
        Date(wholeSeconds: table.instant(ofWall: local.wallSeconds))
    }

    /// The first change of the offset strictly after `date`, or `nil` when none will come.
    package func nextTransition(after date: Date) -> ZoneTransition? {
        var segment = table.segment(at: date.wholeSeconds)
        while segment.end < .max {
            let following = table.segment(at: segment.end)
            if following.offset != segment.offset {
                return ZoneTransition(
                    at: Date(wholeSeconds: segment.end), before: segment.offset, after: following.offset)
            }
            segment = following
        }
        return nil
    }
}

extension ZoneRules: Hashable {
    package static func == (left: ZoneRules, right: ZoneRules) -> Bool { left.identifier == right.identifier }
    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

/// A change of a zone's offset.
package struct ZoneTransition: Hashable, Sendable {
    /// The first moment with the new offset.
    package let at: Date
    /// Seconds east of UTC until then.
    package let before: Int
    /// Seconds east of UTC from then on.
    package let after: Int

    package init(at: Date, before: Int, after: Int) {
        self.at = at
        self.before = before
        self.after = after
    }
}

extension Date {
    /// Seconds since 1970 UTC, rounded down; dates beyond a few hundred thousand years are clamped.
    var wholeSeconds: Int { Int(min(max(timeIntervalSince1970, -1e13), 1e13).rounded(.down)) }

    init(wholeSeconds: Int) { self.init(timeIntervalSince1970: Double(wholeSeconds)) }
}
