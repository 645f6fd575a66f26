/// Every minute (or second) of a span of time, with what the wall clock shows: what an expression should do is read off.
///
/// - Fixed times: each time of the wall clock counts once, at its first showing; one that is skipped counts at the first
///   instant after the gap.
/// - An expression that follows the clock counts whenever the clock shows a match.
package struct ClockWalk: Sendable {
    /// The span that is compared, seconds since 1970, both included. The walk itself begins a day and more before it,
    /// so that every first showing is known.
    package let start, end: Int
    /// Seconds between two steps of the walk: 60 or 1.
    package let step: Int

    private struct Step {
        let instant: Int
        /// Seconds since 1970 on the wall clock.
        let wall: Int
        /// Wall-clock time up to here was shown, or skipped, before.
        let reached: Int
    }

    private let steps: [Step]
    private let days: [CalendarDay]
    private static let lead = 26 * 3_600

    /// - Parameter reach: seconds on each side of `around` that are compared.
    package init(_ offsets: ZoneOffsets, around: Int, reach: Int = 36 * 3_600, step: Int = 60) {
        start = (around - reach) / step * step
        end = (around + reach) / step * step
        self.step = step
        steps = Self.steps(offsets.during(start - Self.lead...end), from: start - Self.lead, through: end, by: step)
        let walls = steps.map(\.wall)
        days = (walls.min()! / 86_400 - 1...walls.max()! / 86_400 + 1).map(CalendarDay.init)
    }

    private static func steps(_ offsets: ZoneOffsets, from first: Int, through end: Int, by step: Int) -> [Step] {
        var reached = first + offsets.offset(at: first) - step
        return stride(from: first, through: end, by: step).map { instant in
            let wall = instant + offsets.offset(at: instant)
            precondition(wall % step == 0, "an offset that is no multiple of \(step) s")
            defer { reached = max(reached, wall) }
            return Step(instant: instant, wall: wall, reached: reached)
        }
    }

    /// What an engine should answer, in order, over the span.
    package func occurrences(of cron: PlainCron) -> [Int] {
        let onDay = days.map(cron.matches(day:))
        let firstDay = days[0].number
        let matches = { (wall: Int) in
            onDay[wall / 86_400 - firstDay] && cron.matches(time: wall % 86_400)
        }
        let isDue = { (at: Step) in
            guard !cron.followsClock else { return matches(at.wall) }
            return stride(from: at.reached + step, through: at.wall, by: step).contains(where: matches)
        }
        return steps.lazy.filter { $0.instant >= start && isDue($0) }.map(\.instant)
    }
}
