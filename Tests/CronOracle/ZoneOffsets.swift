/// The offsets of one zone over a span of time, found by asking other code than the engine's at regular steps.
package struct ZoneOffsets: Sendable {
    package struct Change: Hashable, Sendable {
        /// The first second with the new offset, since 1970 UTC.
        package let at: Int
        /// Seconds east of UTC until then.
        package let before: Int
        /// Seconds east of UTC from then on.
        package let after: Int

        package init(at: Int, before: Int, after: Int) {
            (self.at, self.before, self.after) = (at, before, after)
        }
    }

    package let changes: [Change]
    private let first: Int

    /// Asks for the offset every `step` seconds, and looks closer where it differs. A change that is taken back within
    /// one step goes unseen; there is none of less than a day after 1990.
    package init(from start: Int, through end: Int, step: Int = 3_600, offset: (Int) -> Int) {
        first = offset(start)
        var changes: [Change] = []
        var last = first
        for instant in stride(from: start + step, to: end + step, by: step) {
            let found = offset(instant)
            guard found != last else { continue }
            changes.append(Self.change(between: instant - step, and: instant, last, found, offset))
            last = found
        }
        self.changes = changes
    }

    private init(first: Int, changes: [Change]) {
        (self.first, self.changes) = (first, changes)
    }

    package func offset(at instant: Int) -> Int { changes.last { $0.at <= instant }?.after ?? first }

    /// The same offsets, of a span only: quicker to ask.
    func during(_ span: ClosedRange<Int>) -> ZoneOffsets {
        ZoneOffsets(first: offset(at: span.lowerBound), changes: changes.filter { span.contains($0.at) })
    }

    /// Halves the span until the change's second is found.
    private static func change(
        between start: Int, and end: Int, _ before: Int, _ after: Int, _ offset: (Int) -> Int
    ) -> Change {
        var (low, high) = (start, end)
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(middle) == before { low = middle } else { high = middle }
        }
        return Change(at: high, before: before, after: after)
    }
}
