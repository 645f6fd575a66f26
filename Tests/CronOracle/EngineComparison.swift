/// Holds an engine's answers against a walk: from occurrence to occurrence in both directions, and asked anew from each
/// minute near the middle, so also from within a repeated hour.
package struct EngineComparison: Sendable {
    /// Something that the engine did and the walk did not, or the other way round.
    package struct Difference: CustomStringConvertible, Sendable {
        package let expression: String
        /// `forward`, `backward`, or a moment from which was asked.
        package let question: String
        /// Occurrences that the engine did not answer.
        package let lost: [Int]
        /// Answers that are no occurrences, or that came again.
        package let added: [Int]

        package var description: String {
            "\(expression), \(question): lost \(lost.prefix(5)), added \(added.prefix(5)) (seconds since 1970)"
        }
    }

    /// Occurrences found by the walk.
    package private(set) var occurrences = 0
    package private(set) var differences: [Difference] = []

    /// - Parameters:
    ///   - next: the engine's first occurrence strictly after an instant.
    ///   - previous: its last occurrence strictly before one.
    package init(of cron: PlainCron, over walk: ClockWalk, next: (Int) -> Int?, previous: (Int) -> Int?) {
        let expected = walk.occurrences(of: cron)
        occurrences = expected.count
        let limit = expected.count + 100
        let forward = Self.walk(from: walk.start - 1, limit: limit, by: next) { $0 <= walk.end }
        let backward = Self.walk(from: walk.end + 1, limit: limit, by: previous) { $0 >= walk.start }
        compare(expected, forward, cron, "forward")
        compare(expected, backward.reversed(), cron, "backward")
        probe(expected, cron, walk, next: next, previous: previous)
    }

    /// Asks from every step within three hours of the middle, and from the second before it.
    private mutating func probe(
        _ expected: [Int], _ cron: PlainCron, _ walk: ClockWalk, next: (Int) -> Int?, previous: (Int) -> Int?
    ) {
        let middle = (walk.start + walk.end) / 2 / walk.step * walk.step
        let reach = min(3 * 3_600, middle - walk.start)
        var following = 0
        for instant in stride(from: middle - reach, through: middle + reach, by: walk.step) {
            for moment in [instant - 1, instant] {
                while following < expected.count, expected[following] <= moment { following += 1 }
                let later = following < expected.count ? expected[following] : nil
                check(next(moment).flatMap { $0 > walk.end ? nil : $0 }, later, "after \(moment)", cron)
                let last = following > 0 && expected[following - 1] == moment ? following - 2 : following - 1
                let earlier = last >= 0 ? expected[last] : nil
                check(previous(moment).flatMap { $0 < walk.start ? nil : $0 }, earlier, "before \(moment)", cron)
            }
        }
    }

    private mutating func check(_ found: Int?, _ expected: Int?, _ question: String, _ cron: PlainCron) {
        guard found != expected else { return }
        differences.append(
            Difference(
                expression: cron.text, question: question, lost: expected.map { [$0] } ?? [],
                added: found.map { [$0] } ?? []))
    }

    /// An engine that stands still or turns back is stopped by the limit.
    private static func walk(from: Int, limit: Int, by step: (Int) -> Int?, while isInside: (Int) -> Bool) -> [Int] {
        var found: [Int] = []
        while found.count < limit, let next = step(found.last ?? from), isInside(next) { found.append(next) }
        return found
    }

    private mutating func compare(_ expected: [Int], _ found: [Int], _ cron: PlainCron, _ direction: String) {
        guard expected != found else { return }
        var rest = found
        var lost: [Int] = []
        for instant in expected {
            if let index = rest.firstIndex(of: instant) { rest.remove(at: index) } else { lost.append(instant) }
        }
        differences.append(Difference(expression: cron.text, question: direction, lost: lost, added: rest))
    }
}
