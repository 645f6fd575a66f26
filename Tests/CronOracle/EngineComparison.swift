/// Holds an engine's answers against a walk, in both directions.
package struct EngineComparison: Sendable {
    /// Something that the engine did and the walk did not, or the other way round.
    package struct Difference: CustomStringConvertible, Sendable {
        package let expression: String
        package let direction: String
        /// Occurrences that the engine did not answer.
        package let lost: [Int]
        /// Answers that are no occurrences, or that came again.
        package let added: [Int]

        package var description: String {
            "\(expression), \(direction): lost \(lost.prefix(5)), added \(added.prefix(5)) (seconds since 1970)"
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
        differences.append(Difference(expression: cron.text, direction: direction, lost: lost, added: rest))
    }
}
