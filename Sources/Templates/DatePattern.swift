import Foundation

/// A pattern for moments as Unicode writes them (`yyyy-MM-dd HH:mm`), checked when it is read.
struct DatePattern: Hashable, Sendable {
    private enum Piece: Hashable { case field(Character, Int), text(String) }

    private let pieces: [Piece]

    init(_ text: String) throws(FilterProblem) {
        guard !text.isEmpty, text.utf8.count <= 100 else {
            throw FilterProblem("a pattern for a date is needed there, such as yyyy-MM-dd")
        }
        var pieces: [Piece] = []
        var rest = text[...]
        while let first = rest.first {
            if first == "'" {
                pieces.append(.text(try Self.quoted(&rest)))
            } else if first.isASCII, first.isLetter {
                let count = rest.prefix { $0 == first }.count
                guard Self.fields[first]?.contains(count) == true else { throw Self.unknown(first, count) }
                pieces.append(.field(first, count))
                rest = rest.dropFirst(count)
            } else {
                pieces.append(.text(String(rest.removeFirst())))
            }
        }
        self.pieces = pieces
    }

    /// Words in single quotes; two of them are one quote.
    private static func quoted(_ rest: inout Substring) throws(FilterProblem) -> String {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "'") else {
            throw FilterProblem("a quotation mark in the pattern is not closed")
        }
        let words = rest[..<end]
        rest = rest[rest.index(after: end)...]
        return words.isEmpty ? "'" : String(words)
    }

    private static func unknown(_ letter: Character, _ count: Int) -> FilterProblem {
        let written = String(repeating: letter, count: min(count, 8))
        return FilterProblem("\(written) is no field of a date; yyyy, MM, MMM, dd, EEE, HH, mm and ss are")
    }

    // MARK: Telling

    func text(_ date: Date, zone: String) -> String {
        let clock = LocalTimeText(zone: zone)
        let parts = clock.components(date)
        return pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .field(let letter, let count):
                Self.field(letter, count, parts, offset: clock.offsetSeconds(date))
            }
        }.joined()
    }

    private static func field(_ letter: Character, _ count: Int, _ parts: DateComponents, offset: Int) -> String {
        let (month, weekday, hour) = ((parts.month ?? 1) - 1, (parts.weekday ?? 1) - 1, parts.hour ?? 0)
        switch letter {
        case "y": return count == 2 ? padded((parts.year ?? 0) % 100, 2) : padded(parts.year ?? 0, count)
        case "M", "L": return count < 3 ? padded(month + 1, count) : name(months[month % 12], count)
        case "d": return padded(parts.day ?? 0, count)
        case "E": return name(weekdays[weekday % 7], max(3, count))
        case "H": return padded(hour, count)
        case "h": return padded((hour + 11) % 12 + 1, count)
        case "m": return padded(parts.minute ?? 0, count)
        case "s": return padded(parts.second ?? 0, count)
        case "a": return hour < 12 ? "AM" : "PM"
        case "Q": return (count == 3 ? "Q" : "") + padded(month / 3 + 1, count == 2 ? 2 : 1)
        default: return letter == "X" && offset == 0 ? "Z" : zoneText(offset, count)
        }
    }

    private static func name(_ whole: String, _ count: Int) -> String {
        count == 3 ? String(whole.prefix(3)) : count == 5 ? String(whole.prefix(1)) : whole
    }

    /// `+01`, `+0100`, `+01:00`, by the count of letters.
    private static func zoneText(_ offset: Int, _ count: Int) -> String {
        let minutes = abs(offset) / 60
        let hours = (offset < 0 ? "-" : "+") + padded(minutes / 60, 2)
        if count == 1, minutes % 60 == 0 { return hours }
        return hours + (count == 3 ? ":" : "") + padded(minutes % 60, 2)
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    private static let fields: [Character: Set<Int>] = [
        "y": [1, 2, 4], "M": [1, 2, 3, 4, 5], "L": [1, 2, 3, 4, 5], "d": [1, 2], "E": [1, 2, 3, 4, 5], "H": [1, 2],
        "h": [1, 2], "m": [1, 2], "s": [1, 2], "a": [1], "Q": [1, 2, 3], "X": [1, 2, 3], "x": [1, 2, 3],
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
