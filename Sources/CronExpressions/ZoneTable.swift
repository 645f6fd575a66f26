/// The offsets of one zone over all time, as segments between changes.
///
/// Changes that the zone's file does not list, because they follow a yearly rule, are written out for one full
/// Gregorian cycle of 400 years; anything later is folded back by whole cycles, after which the calendar repeats.
final class ZoneTable: Sendable {
    /// A stretch of time with one offset. All instants are seconds since 1970 UTC.
    struct Segment {
        /// First instant; `Int.min` for the first segment.
        var start: Int
        /// First instant of the next segment; `Int.max` for the last.
        var end: Int
        /// Seconds east of UTC.
        var offset: Int
        /// The offset until `start`.
        var previousOffset: Int

        /// Wall-clock seconds before which this segment only repeats what the clock already showed, if it does.
        var endOfRepeatedWall: Int? { previousOffset > offset ? start + previousOffset : nil }
    }

    /// An offset and its name, in force from an instant on.
    struct Change: Equatable {
        var at: Int
        var offset: Int
        var abbreviation: String
    }

    static let cycle = CivilDay.daysPerCycle * 86_400

    private let starts: [Int]
    private let offsets: [Int]
    private let abbreviations: [String]
    private let foldFrom: Int

    /// - Parameters:
    ///   - first: in force before all changes; its `at` is not read.
    ///   - changes: ascending; those that change nothing are dropped.
    ///   - foldFrom: instants from here on are folded back by whole cycles; the changes go at least a year further.
    init(first: Change, changes: [Change], foldFrom: Int = .max) {
        var kept = [first]
        kept[0].at = .min
        for change in changes where change.offset != kept.last?.offset || change.abbreviation != kept.last?.abbreviation
        {
            kept.append(change)
        }
        starts = kept.map(\.at)
        offsets = kept.map(\.offset)
        abbreviations = kept.map(\.abbreviation)
        self.foldFrom = foldFrom
    }

    /// A zone whose clocks never change.
    convenience init(fixedOffset: Int, abbreviation: String) {
        self.init(first: Change(at: .min, offset: fixedOffset, abbreviation: abbreviation), changes: [])
    }

    func segment(at instant: Int) -> Segment {
        guard instant >= foldFrom else { return segment(index(at: instant)) }
        let shift = shift(at: instant)
        var found = segment(index(at: instant - shift))
        found.start += shift
        found.end += shift
        return found
    }

    func abbreviation(at instant: Int) -> String {
        abbreviations[index(at: instant < foldFrom ? instant : instant - shift(at: instant))]
    }

    /// The first instant at which the clock shows `wall`; if it never does, the first instant after the gap.
    func instant(ofWall wall: Int) -> Int {
        // No offset reaches a day, so nothing before this segment can show `wall`.
        var candidate = segment(at: wall - 86_400)
        while true {
            let instant = wall - candidate.offset
            if instant < candidate.start { return candidate.start }
            if instant < candidate.end { return instant }
            candidate = segment(at: candidate.end)
        }
    }

    private func shift(at instant: Int) -> Int { ((instant - foldFrom) / Self.cycle + 1) * Self.cycle }

    private func segment(_ index: Int) -> Segment {
        Segment(
            start: starts[index], end: index + 1 < starts.count ? starts[index + 1] : .max,
            offset: offsets[index], previousOffset: offsets[max(index - 1, 0)])
    }

    /// The index of the last start that is not after `instant`.
    private func index(at instant: Int) -> Int {
        starts.withUnsafeBufferPointer { starts in
            var low = 0
            var high = starts.count
            while high - low > 1 {
                let middle = (low + high) >> 1
                if starts[middle] <= instant { low = middle } else { high = middle }
            }
            return low
        }
    }
}
