import CronExpressions
import CronOracle
import Foundation

/// All changes of one zone, each with every expression.
struct ZoneCheck {
    /// What was compared, and what did not agree.
    struct Result {
        var changes = 0
        var comparisons = 0
        var occurrences = 0
        var differences: [String] = []

        static func += (left: inout Result, right: Result) {
            left.changes += right.changes
            left.comparisons += right.comparisons
            left.occurrences += right.occurrences
            left.differences += right.differences
        }
    }

    /// Chosen to be due in, before and after the hours that change, whatever the hour, and on the days around them.
    static let expressions = [
        "* * * * *", "*/15 * * * *", "30 * * * *", "*/20 1-3 * * 0,6", "0 */2 * * *", "30 2 * * *", "0,30 0-3 * * *",
        "0 0 * * *", "15 3 * * 7", "59 23 L * *", "5 1,2 * 3,4,9-11 7L,0#1", "30 12,22-4 15W,1,LW * 5",
    ].map(PlainCron.init)
    static let randomExpressions = 12

    let name: String
    let offsets: ZoneOffsets

    func run() -> Result {
        var result = Result()
        guard let zone = try? ZoneRules.named(name) else {
            result.differences.append("\(name): the engine does not know it")
            return result
        }
        let changes = offsets.changes.filter { SystemZones.span.contains($0.at) }
        result.differences += missedChanges(changes, zone)
        for change in changes {
            result += check(change, zone)
        }
        return result
    }

    /// The engine's own list of changes must be the same.
    private func missedChanges(_ changes: [ZoneOffsets.Change], _ zone: ZoneRules) -> [String] {
        var found: [ZoneOffsets.Change] = []
        var last = Date(timeIntervalSince1970: Double(SystemZones.span.lowerBound - 1))
        while let next = zone.nextTransition(after: last), SystemZones.span.contains(next.at.seconds) {
            found.append(.init(at: next.at.seconds, before: next.before, after: next.after))
            last = next.at
        }
        return found == changes ? [] : ["\(name): the engine lists \(found.count) changes, not \(changes.count)"]
    }

    private func check(_ change: ZoneOffsets.Change, _ zone: ZoneRules) -> Result {
        var result = Result(changes: 1)
        let walk = ClockWalk(offsets, around: change.at)
        var generator = SeededGenerator(state: UInt64(change.at))
        let random = (0..<Self.randomExpressions).map { _ in PlainCron.random(using: &generator) }
        for plain in Self.expressions + random {
            // 30 February and its like: refused, and due never.
            let cron = try? CronExpression(plain.text)
            let comparison = EngineComparison(of: plain, over: walk) { instant in
                cron?.nextOccurrence(after: Date(seconds: instant), in: zone)?.seconds
            } previous: { instant in
                cron?.previousOccurrence(before: Date(seconds: instant), in: zone)?.seconds
            }
            result.comparisons += 1
            result.occurrences += comparison.occurrences
            result.differences += comparison.differences.map { "\(name) around \(Date(seconds: change.at)): \($0)" }
        }
        return result
    }
}

extension Date {
    fileprivate init(seconds: Int) { self.init(timeIntervalSince1970: Double(seconds)) }

    fileprivate var seconds: Int { Int(timeIntervalSince1970) }
}
