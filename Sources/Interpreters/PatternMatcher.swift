/// Tries the ways in which a pattern can cover pieces, shortest captures first.
struct PatternMatcher {
    typealias Found = (Captures, Int) -> Captures?

    let pieces: Pieces

    /// - Parameter found: called with every way to cover the elements, and the place behind; `nil` asks for another.
    func match(_ elements: ArraySlice<Pattern.Element>, at place: Int, _ captures: Captures, _ found: Found)
        -> Captures?
    {
        guard let element = elements.first else { return found(captures, place) }
        let rest = elements.dropFirst()
        switch element {
        case .literal(let words):
            guard let next = pastMarks(place), words.contains(pieces[next].key), !pieces[next].isMark else {
                return nil
            }
            return match(rest, at: next + 1, captures, found)
        case .optional(let choices):
            return match(choices, then: rest, at: place, captures, found) ?? match(rest, at: place, captures, found)
        case .choice(let choices):
            return match(choices, then: rest, at: place, captures, found)
        case .slot(let name, let slot):
            return match(slot, named: name, then: rest, at: place, captures, found)
        }
    }

    private func match(
        _ choices: [[Pattern.Element]], then rest: ArraySlice<Pattern.Element>, at place: Int, _ captures: Captures,
        _ found: Found
    ) -> Captures? {
        for choice in choices {
            let result = match(choice[...], at: place, captures) { match(rest, at: $1, $0, found) }
            if let result { return result }
        }
        return nil
    }

    private func match(
        _ slot: Pattern.Slot, named name: String, then rest: ArraySlice<Pattern.Element>, at place: Int,
        _ captures: Captures, _ found: Found
    ) -> Captures? {
        guard let start = pastMarks(place) else { return nil }
        for end in ends(of: slot, from: start) {
            var captures = captures
            captures[name] = Array(pieces[start..<end])
            if let result = match(rest, at: end, captures, found) { return result }
        }
        return nil
    }

    private func pastMarks(_ place: Int) -> Int? { pieces[place...].firstIndex { !$0.isMark } }

    // MARK: Slots

    /// Where a capture that begins at `start` may end, in the order to try.
    private func ends(of slot: Pattern.Slot, from start: Int) -> [Int] {
        switch slot {
        case .word: pieces[start].isWord ? [start + 1] : []
        case .n: WordNumber.value(of: pieces[start].key) != nil && pieces[start].isWord ? [start + 1] : []
        case .gateway: pieces[start].isWord && Gateways.recipient(pieces[start].key) != nil ? [start + 1] : []
        case .rest: [pieces.count]
        case .text: Array((start + 1)...pieces.count)
        case .job: jobEnds(from: start)
        case .time: timeEnds(from: start)
        case .duration: durationEnds(from: start)
        }
    }

    private func jobEnds(from start: Int) -> [Int] {
        var ends: [Int] = []
        var end = start
        while end < pieces.count, ends.count < 8, JobWords.mayName(pieces[end]) {
            end += 1
            ends.append(end)
        }
        return ends.filter { JobWords.reference(Array(pieces[start..<$0])) != nil }
    }

    private func durationEnds(from start: Int) -> [Int] {
        let amounts: Set<String> = ["a", "an", "half", "another", "few", "couple", "of", "more"]
        var end = start
        while end < pieces.count, amounts.contains(pieces[end].key) || WordNumber.value(of: pieces[end].key) != nil {
            end += 1
        }
        guard end > start, end < pieces.count, TimeWords.units.contains(pieces[end].key) else { return [] }
        return [end + 1]
    }

    private func timeEnds(from start: Int) -> [Int] {
        var end = start
        while end < pieces.count, pieces[end].isWord, TimeWords.prepositions.contains(pieces[end].key) { end += 1 }
        let first = end
        while end < pieces.count, pieces[end].isTime || (end > first && pieces[end].isMark) { end += 1 }
        while end > first, pieces[end - 1].isMark { end -= 1 }
        if end > first { return [end] }
        // "at 10", "to 8": a bare hour says a time only behind a preposition, or where a rule asks for a time.
        return end < pieces.count && WordNumber.isHour(pieces[end].key) ? [end + 1] : []
    }
}
