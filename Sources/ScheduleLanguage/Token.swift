/// One unit of a sentence: a word, a number, or something longer that stays whole (an address, a path, a quotation).
package struct Token: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case word
        /// "20", "1.5"; numbers written as words are words.
        case number(Double)
        /// "17:30", "5pm", "9h30", "0900".
        case clock(SpokenTime)
        /// "1st", "15th"; "first" is a word.
        case ordinal(Int)
        /// "2026-12-24", "24.12.", "05/06".
        case date(WrittenDate)
        case url
        /// A file path, a file name or an event name (`scripts/x.sh`, `order.paid`).
        case path
        case quoted
        /// `{{event.title}}`.
        case template
        /// Five fields that the cron engine accepts, or a macro.
        case cron
        /// An IANA name or a fixed offset (`America/New_York`, `UTC+2`).
        case zone
        case punctuation
    }

    /// Lower-case, with a slip of the keyboard in a word about time mended.
    package var text: String
    /// As typed.
    package var original: String
    package var range: Range<String.Index>
    package var kind: Kind

    package init(text: String, original: String, range: Range<String.Index>, kind: Kind) {
        self.text = text
        self.original = original
        self.range = range
        self.kind = kind
    }

    /// The text is not what was typed, letter case apart.
    package var wasCorrected: Bool { kind == .word && text != original.lowercased() }
}

/// A time of day as it was said, before anything is assumed about the half of the day.
package struct SpokenTime: Hashable, Sendable {
    package enum Half: Hashable, Sendable { case am, pm }

    /// As said: 0 to 24, or 1 to 12 with a half.
    package var hour: Int
    package var minute: Int
    package var second: Int
    package var half: Half?
    /// The hour is meant on the 24-hour clock ("05:30", "0900", "noon").
    package var isSettled: Bool

    package init(_ hour: Int, _ minute: Int = 0, _ second: Int = 0, half: Half? = nil, isSettled: Bool = false) {
        self.hour = hour
        self.minute = minute
        self.second = second
        self.half = half
        self.isSettled = isSettled
    }
}

/// A date written in figures.
package struct WrittenDate: Hashable, Sendable {
    /// Day and month can be told apart only by their values.
    package var isOrderOpen: Bool
    /// The day, or the first figure where the order is open.
    package var day: Int
    /// The month, or the second figure where the order is open.
    package var month: Int
    package var year: Int?
    /// With a time of day in one piece (`2026-12-24T18:00`).
    package var time: SpokenTime?

    package init(day: Int, month: Int, year: Int?, isOrderOpen: Bool = false, time: SpokenTime? = nil) {
        self.day = day
        self.month = month
        self.year = year
        self.isOrderOpen = isOrderOpen
        self.time = time
    }
}

extension SpokenTime {
    /// Some minutes earlier or later; the clock's half stays where it can.
    func moved(by minutes: Int) -> SpokenTime {
        var moved = self
        if isSettled || half == nil && (hour == 0 || hour > 12) {
            let total = (hour * 60 + minutes + 1_440) % 1_440
            (moved.hour, moved.minute, moved.isSettled) = (total / 60, total % 60, true)
            return moved
        }
        let total = (hour % 12 * 60 + minutes + 720) % 720
        let crossed = hour % 12 * 60 + minutes < 0
        moved.hour = total / 60 == 0 ? 12 : total / 60
        moved.minute = total % 60
        if crossed, let half { moved.half = half == .am ? .pm : .am }
        return moved
    }
}
