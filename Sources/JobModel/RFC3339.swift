import CronExpressions
import Foundation

/// Instants as RFC 3339 writes them, UTC on the way out. The batch formats read and write several a line, so no formatter
/// of Foundation's stands in between.
package enum RFC3339 {
    package enum Fraction: Sendable {
        /// Milliseconds where the instant is no whole second.
        case whereNeeded
        /// Always milliseconds.
        case milliseconds
    }

    /// `2026-03-02T08:00:00Z`; times between milliseconds are rounded down.
    ///
    /// A `Date` may lie a little before the millisecond that it was made of: up to a twentieth counts as that one.
    package static func text(_ date: Date, fraction: Fraction = .whereNeeded) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1_000 + 0.05).rounded(.down))
        let seconds = milliseconds >= 0 ? milliseconds / 1_000 : (milliseconds - 999) / 1_000
        let part = milliseconds - seconds * 1_000
        let local = ZoneRules.utc.localComponents(at: Date(timeIntervalSince1970: Double(seconds)))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(local.year, digits: 4, to: &bytes)
        for (mark, value) in [
            ("-", local.month), ("-", local.day), ("T", local.hour), (":", local.minute), (":", local.second),
        ] as [(Unicode.Scalar, Int)] {
            bytes.append(UInt8(ascii: mark))
            append(value, digits: 2, to: &bytes)
        }
        if part != 0 || fraction == .milliseconds {
            bytes.append(UInt8(ascii: "."))
            append(part, digits: 3, to: &bytes)
        }
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ value: Int, digits: Int, to bytes: inout [UInt8]) {
        let text = String(value)
        for _ in text.utf8.count..<max(digits, text.utf8.count) { bytes.append(UInt8(ascii: "0")) }
        bytes += text.utf8
    }

    /// The instant that `text` is: date and time of day with seconds, then `Z` or an offset; `nil` for anything else.
    ///
    /// A leap second (`:60`) is the first second of the next minute.
    package static func date(_ text: String) -> Date? {
        var reader = Reader(bytes: Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), reader.take(":"),
            let second = reader.number(2), (1...12).contains(month),
            (1...CivilDay.daysInMonth(month, year: year)).contains(day), hour < 24, minute < 60, second <= 60,
            let fraction = reader.fraction(), let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let days = CivilDay.number(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    private struct Reader {
        let bytes: [UInt8]
        private var place = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { place == bytes.count }

        mutating func number(_ digits: Int) -> Int? {
            guard place + digits <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[place..<place + digits] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int(byte & 0x0F)
            }
            place += digits
            return value
        }

        mutating func take(_ mark: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
            place += 1
            return true
        }

        /// 0 where no point stands; `nil` for a point without digits.
        mutating func fraction() -> Double? {
            guard take(".") else { return 0 }
            var (value, scale) = (0.0, 1.0)
            while let digit = number(1) {
                scale /= 10
                value += Double(digit) * scale
            }
            return scale < 1 ? value : nil
        }

        /// Seconds east of UTC.
        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60 else {
                return nil
            }
            return sign * (hours * 3_600 + minutes * 60)
        }
    }
}
