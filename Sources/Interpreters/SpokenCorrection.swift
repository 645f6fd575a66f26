/// "every monday, no, every tuesday", "at 9, sorry, at 10": times that correct each other are one time phrase, whose last
/// word the schedule language lets stand.
enum SpokenCorrection {
    /// Words that take back what was said; one of them must stand between the two times.
    private static let markers: Set<String> = [
        "no", "nope", "sorry", "wait", "actually", "oops", "rather", "mean", "meant", "scratch", "correction",
    ]

    /// Words that may stand beside them.
    private static let around: Set<String> = [
        "i", "make", "that", "it", "or", "hang", "on", "hmm", "uh", "er", "um", "oh", "not", "better", "well", "at",
        "to", "is", "but", "should", "be",
    ]

    static func joined(_ pieces: Pieces, in text: String) -> Pieces {
        guard pieces.indices.contains(where: { takesBack($0, in: pieces) }) else { return pieces }
        var result: Pieces = []
        var place = 0
        while place < pieces.count {
            if let end = correction(from: place, in: pieces) {
                result.append(merged(pieces[place..<end], in: text))
                place = end
            } else {
                result.append(pieces[place])
                place += 1
            }
        }
        for index in result.indices { result[index].position = index }
        return result
    }

    /// The end of a time, words of correction and another time, one or several times over.
    private static func correction(from start: Int, in pieces: Pieces) -> Int? {
        guard isTime(start, in: pieces) || isHalfRepetition(start, in: pieces) else { return nil }
        var end: Int?
        var place = isTime(start, in: pieces) ? start : start + 1
        while let next = nextTime(behind: place, in: pieces) {
            place = next
            end = next + 1
        }
        return end
    }

    private static func nextTime(behind place: Int, in pieces: Pieces) -> Int? {
        var index = place + 1
        var corrects = false
        while index < pieces.count, pieces[index].isMark || pieces[index].isWord {
            let key = pieces[index].key
            if corrects, isTime(index, in: pieces) { return index }
            guard pieces[index].isStop || markers.contains(key) || around.contains(key) else { return nil }
            corrects = corrects || takesBack(index, in: pieces)
            index += 1
        }
        return corrects && index < pieces.count && pieces[index].isTime ? index : nil
    }

    /// One of the words that take back what was said, or "make that", "make it" behind a stop or such a word.
    private static func takesBack(_ place: Int, in pieces: Pieces) -> Bool {
        guard pieces[place].isWord else { return false }
        if markers.contains(pieces[place].key) { return true }
        guard pieces[place].key == "make", place > 0, place + 1 < pieces.count else { return false }
        let before = pieces[place - 1]
        return (before.isStop || markers.contains(before.key)) && ["that", "it"].contains(pieces[place + 1].key)
    }

    /// "every 20, no wait, every 30 minutes": the first words are no time phrase before their unit is said.
    private static func isHalfRepetition(_ place: Int, in pieces: Pieces) -> Bool {
        guard place + 1 < pieces.count, ["every", "each"].contains(pieces[place].key) else { return false }
        return pieces[place + 1].isWord && WordNumber.value(of: pieces[place + 1].key) != nil
    }

    /// A time phrase, or a bare hour behind "at", "to" or words that take back.
    private static func isTime(_ place: Int, in pieces: Pieces) -> Bool {
        if pieces[place].isTime { return true }
        guard pieces[place].isWord, place > 0, WordNumber.isHour(pieces[place].key) else { return false }
        guard let before = pieces[..<place].lastIndex(where: \.isWord) else { return false }
        if ["at", "to"].contains(pieces[before].key) || takesBack(before, in: pieces) { return true }
        return before > 0 && pieces[before - 1].key == "make" && takesBack(before - 1, in: pieces)
    }

    /// From the first time phrase on: a bare hour that was taken back ("to 10, no, 10:30") is left out.
    private static func merged(_ pieces: ArraySlice<Piece>, in text: String) -> Piece {
        let begin =
            pieces[pieces.startIndex].isTime ? pieces.startIndex : pieces.lastIndex { $0.isTime } ?? pieces.endIndex - 1
        let first = pieces[begin].raw.startIndex
        let raw = text[first..<pieces[pieces.endIndex - 1].raw.endIndex]
        return Piece(kind: .time, key: raw.lowercased(), raw: raw, position: pieces[pieces.startIndex].position)
    }
}
