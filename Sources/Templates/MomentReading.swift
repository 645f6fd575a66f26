import Foundation
import JobModel

/// Moments that a text says.
enum MomentReading {
    /// RFC 3339, `2026-03-27 09:00 +01:00` as our own templates write it, or a day or a time of day in `zone`; `nil` for
    /// anything else. A day is its first moment.
    static func date(_ text: String, zone: String) -> Date? {
        guard text.utf8.count <= 64 else { return nil }
        let trimmed = CleanText.trimmed(text)
        let day = trimmed.prefix(10)
        guard day.count == 10, day.utf8.count == 10 else { return nil }
        var rest = trimmed.dropFirst(10)
        if rest.isEmpty { return local("\(day)T00:00:00", zone: zone) }
        guard let mark = rest.popFirst(), "Tt ".contains(mark) else { return nil }
        let clock = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ":" || $0 == ".") }
        let offset = CleanText.trimmed(rest.dropFirst(clock.count))
        let seconds = clock.utf8.count == 5 ? ":00" : ""
        let moment = "\(day)T\(clock)\(seconds)"
        return offset.isEmpty ? local(moment, zone: zone) : RFC3339.date(moment + offset)
    }

    /// A moment that a clock of the zone shows; one that it jumps over is moved by the jump.
    private static func local(_ text: String, zone: String) -> Date? {
        RFC3339.date(text + "Z").flatMap { LocalTimeText(zone: zone).moment(shown: $0) }
    }
}
