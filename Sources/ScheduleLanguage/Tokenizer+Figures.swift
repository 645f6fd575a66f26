/// Everything that begins with a figure.
extension Tokenizer {
    /// Reads a date, a clock time, an ordinal or a number; a unit behind it ("45min") becomes a token of its own.
    mutating func readFigures(upTo end: String.Index) {
        var figures = FigureReader(text: text, place: place, end: end)
        let follows = tokens.last?.text == "at"
        guard let (kind, stop) = figures.read(afterAt: follows) else {
            // Not a number as people write them ("25:00", "14PM"): one word, so that nothing reads a part of it.
            let rest = text[place..<end].prefix { $0.isLetter || $0.isNumber || ":/.-%".contains($0) }
            append(.path, to: rest.endIndex)
            return
        }
        guard case .date(let date) = kind, let time = date.time,
            let mark = text[place..<stop].firstIndex(where: \.isLetter)
        else {
            append(kind, to: stop)
            return
        }
        // "2026-12-24T18:00" is a date and a time.
        append(.date(WrittenDate(day: date.day, month: date.month, year: date.year)), to: mark)
        place = text.index(after: mark)
        append(.clock(time), to: stop)
    }
}

/// Reads one figure or several at the start of a chunk.
struct FigureReader {
    private let characters: [Character]
    private let indices: [String.Index]

    init(text: String, place: String.Index, end: String.Index) {
        characters = Array(text[place..<end])
        indices = Array(text[place..<end].indices) + [end]
    }

    /// What stands there and where it ends; `nil` where figures are put together in no known way.
    mutating func read(afterAt: Bool) -> (Token.Kind, String.Index)? {
        let length = digits(at: 0)
        guard length <= 9 else { return nil }
        let next = character(length)
        let result: (Token.Kind, Int)?
        switch next {
        case "-": result = length == 4 ? isoDate("-") : dashedDate(length)
        case "/": result = length == 4 ? isoDate("/") : slashedDate(length)
        case ":": result = clock(length)
        case ".": result = dotted(length, afterAt: afterAt)
        case "h", "H": result = frenchClock(length)
        case ",": result = grouped(length)
        default: result = suffixed(length)
        }
        return result.map { ($0.0, indices[$0.1]) }
    }

    // MARK: Characters

    private func character(_ index: Int) -> Character? { index < characters.count ? characters[index] : nil }

    private func isDigit(_ index: Int) -> Bool { character(index).map { $0.isASCII && $0.isNumber } ?? false }

    private func digits(at start: Int) -> Int {
        var end = start
        while isDigit(end) { end += 1 }
        return end - start
    }

    private func value(_ start: Int, _ length: Int) -> Int {
        characters[start..<start + length].reduce(0) { $0 * 10 + ($1.wholeNumberValue ?? 0) }
    }

    private func plain(_ length: Int) -> (Token.Kind, Int) { (.number(Double(value(0, length))), length) }

    // MARK: Dates

    /// `2026-12-24`, `2026/12/24`, with `T18:00` and `Z` if they follow.
    private func isoDate(_ mark: Character) -> (Token.Kind, Int)? {
        let monthLength = digits(at: 5)
        guard (1...2).contains(monthLength), character(5 + monthLength) == mark else {
            return mark == "-" ? plain(4) : nil
        }
        let dayStart = 6 + monthLength
        let dayLength = digits(at: dayStart)
        guard (1...2).contains(dayLength) else { return nil }
        let (year, month, day) = (value(0, 4), value(5, monthLength), value(dayStart, dayLength))
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        var date = WrittenDate(day: day, month: month, year: year)
        var end = dayStart + dayLength
        if character(end) == "T" || character(end) == "t", let (time, stop) = isoTime(end + 1) {
            date.time = time
            end = stop
        }
        return (.date(date), end)
    }

    private func isoTime(_ start: Int) -> (SpokenTime, Int)? {
        guard digits(at: start) == 2, character(start + 2) == ":", digits(at: start + 3) == 2 else { return nil }
        let (hour, minute) = (value(start, 2), value(start + 3, 2))
        guard hour < 24, minute < 60 else { return nil }
        var end = start + 5
        var second = 0
        if character(end) == ":", digits(at: end + 1) == 2 {
            second = value(end + 1, 2)
            end += 3
            // A fraction of a second is dropped.
            if character(end) == ".", isDigit(end + 1) { end += 1 + digits(at: end + 1) }
        }
        return (SpokenTime(hour, minute, second, isSettled: true), end)
    }

    /// `12/24`, `05/06/2026`: day and month by their values, else open.
    private func slashedDate(_ length: Int) -> (Token.Kind, Int)? {
        // "24/7" is no date.
        guard length <= 2, String(characters) != "24/7" else { return nil }
        if character(length + 1)?.isLetter == true { return plain(length) }
        return figureDate(first: length, mark: "/", needsYear: false)
    }

    /// `24-12-2026`; without a year it is a range of numbers (`9-17`).
    private func dashedDate(_ length: Int) -> (Token.Kind, Int)? {
        guard length <= 2 else { return plain(length) }
        let second = digits(at: length + 1)
        guard second > 0, character(length + 1 + second) == "-", isDigit(length + 2 + second) else {
            return plainOrClock(length)
        }
        return figureDate(first: length, mark: "-", needsYear: true)
    }

    private func figureDate(first length: Int, mark: Character, needsYear: Bool) -> (Token.Kind, Int)? {
        let secondLength = digits(at: length + 1)
        guard (1...2).contains(secondLength) else { return nil }
        var end = length + 1 + secondLength
        var year: Int?
        if character(end) == mark {
            let yearLength = digits(at: end + 1)
            guard yearLength == 2 || yearLength == 4 else { return nil }
            year = fullYear(value(end + 1, yearLength))
            end += 1 + yearLength
        } else if needsYear {
            return nil
        }
        guard let date = Self.date(value(0, length), value(length + 1, secondLength), year: year) else { return nil }
        if let follower = character(end), follower.isNumber || follower == mark { return nil }
        return (.date(date), end)
    }

    private func fullYear(_ value: Int) -> Int { value < 100 ? 2000 + value : value }

    private static func date(_ first: Int, _ second: Int, year: Int?) -> WrittenDate? {
        guard (1...31).contains(first), (1...31).contains(second) else { return nil }
        switch (first <= 12, second <= 12) {
        case (true, true): return WrittenDate(day: first, month: second, year: year, isOrderOpen: first != second)
        case (true, false): return WrittenDate(day: second, month: first, year: year)
        case (false, true): return WrittenDate(day: first, month: second, year: year)
        case (false, false): return nil
        }
    }

    // MARK: Dots

    /// `24.12.`, `24.12.2026`, `5.30pm`, `1.5`.
    private func dotted(_ length: Int, afterAt: Bool) -> (Token.Kind, Int)? {
        let secondLength = digits(at: length + 1)
        guard secondLength > 0 else { return plainOrClock(length) }
        guard secondLength <= 9 else { return nil }
        let end = length + 1 + secondLength
        let (first, second) = (value(0, length), value(length + 1, secondLength))
        if let (half, stop) = half(at: end), secondLength == 2 {
            return clock(SpokenTime(first, second, half: half), padded: false, end: stop)
        }
        if !afterAt, character(end) == ".", length <= 2, secondLength <= 2, (1...31).contains(first),
            (1...12).contains(second)
        {
            let yearLength = digits(at: end + 1)
            if yearLength == 0 { return (.date(WrittenDate(day: first, month: second, year: nil)), end + 1) }
            guard yearLength == 2 || yearLength == 4 else { return nil }
            let year = fullYear(value(end + 1, yearLength))
            return (.date(WrittenDate(day: first, month: second, year: year)), end + 1 + yearLength)
        }
        if character(end) == ".", isDigit(end + 1) { return nil }
        return (.number(Double(String(characters[0..<end])) ?? 0), end)
    }

    /// `1,000`.
    private func grouped(_ length: Int) -> (Token.Kind, Int)? {
        let behind = digits(at: length + 1)
        // "0,5" is half: no list of numbers and no group of thousands begins with a zero.
        if length == 1, characters[0] == "0", behind > 0 {
            let text = String(characters[0..<length + 1 + behind]).replacing(",", with: ".")
            return (.number(Double(text) ?? 0), length + 1 + behind)
        }
        guard behind == 3, length <= 3, !isDigit(length + 4) else { return plainOrClock(length) }
        return (.number(Double(value(0, length) * 1_000 + value(length + 1, 3))), length + 4)
    }

    // MARK: Clocks

    /// `9:30`, `09:30:15`, `5:30pm`.
    private func clock(_ length: Int) -> (Token.Kind, Int)? {
        guard digits(at: length + 1) > 0 else { return plainOrClock(length) }
        guard length <= 2, digits(at: length + 1) == 2 else { return nil }
        var time = SpokenTime(value(0, length), value(length + 1, 2))
        var end = length + 3
        if character(end) == ":", digits(at: end + 1) == 2 {
            time.second = value(end + 1, 2)
            end += 3
        }
        if let (half, stop) = half(at: end) {
            time.half = half
            end = stop
        }
        if let follower = character(end), follower.isLetter { return nil }
        return clock(time, padded: length == 2 && characters[0] == "0", end: end)
    }

    /// `9h30`; "9h" alone is a number and its unit.
    private func frenchClock(_ length: Int) -> (Token.Kind, Int)? {
        guard length <= 2, digits(at: length + 1) == 2, character(length + 3)?.isLetter != true else {
            return suffixed(length)
        }
        return clock(
            SpokenTime(value(0, length), value(length + 1, 2)), padded: length == 2 && characters[0] == "0",
            end: length + 3)
    }

    private func clock(_ time: SpokenTime, padded: Bool, end: Int) -> (Token.Kind, Int)? {
        var time = time
        time.isSettled = padded || time.hour == 0 || time.hour > 12
        guard time.minute < 60, time.second < 60 else { return nil }
        if time.half != nil {
            guard (1...12).contains(time.hour) else { return nil }
        } else if time.hour > 24 || time.hour == 24 && time.minute > 0 {
            return nil
        }
        return (.clock(time), end)
    }

    /// `5pm`, `530pm`, `1st`, or a plain number.
    private func suffixed(_ length: Int) -> (Token.Kind, Int)? {
        if let (half, stop) = half(at: length), length <= 4 {
            let number = value(0, length)
            let time = length <= 2 ? SpokenTime(number, half: half) : SpokenTime(number / 100, number % 100, half: half)
            return clock(time, padded: false, end: stop)
        }
        let letters = String(characters[length...].prefix { $0.isLetter }).lowercased()
        if ["st", "nd", "rd", "th"].contains(letters) { return (.ordinal(value(0, length)), length + 2) }
        return plainOrClock(length)
    }

    /// `0900` is a time; `1730` may be a year, so what stands before it decides later.
    private func plainOrClock(_ length: Int) -> (Token.Kind, Int) {
        if length == 4, characters[0] == "0", value(0, 2) < 24, value(2, 2) < 60 {
            return (.clock(SpokenTime(value(0, 2), value(2, 2), isSettled: true)), length)
        }
        return plain(length)
    }

    /// "am", "p.m.", "p" right behind a figure.
    private func half(at start: Int) -> (SpokenTime.Half, Int)? {
        guard let letter = character(start)?.lowercased(), letter == "a" || letter == "p" else { return nil }
        var end = start + 1
        if character(end) == ".", character(end + 1)?.lowercased() == "m" {
            end += 2
            if character(end) == "." { end += 1 }
        } else if character(end)?.lowercased() == "m" {
            end += 1
        }
        if let follower = character(end), follower.isLetter || follower.isNumber { return nil }
        return (letter == "a" ? .am : .pm, end)
    }
}
