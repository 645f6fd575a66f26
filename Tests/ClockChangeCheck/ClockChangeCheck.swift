import CronOracle
import Foundation
import Synchronization

/// Holds the cron engine against a walk over every minute, 36 hours on both sides of each change of each zone's clock.
///
/// `clock-change-check [--zones N]`: with a number, N zones spread over the list of all. Exits 1 on a difference.
@main
enum ClockChangeCheck {
    static func main() {
        let all = SystemZones.distinctNames()
        guard let names = chosen(from: all, CommandLine.arguments.dropFirst()) else {
            say("usage: clock-change-check [--zones N]")
            exit(64)
        }
        say("reading the changes of \(names.count) of \(all.count) distinct zones")
        // First all offsets, on this thread: the C library has one zone for the whole process.
        let checks = names.map { ZoneCheck(name: $0, offsets: SystemZones.offsets(of: $0)) }
        setenv("TZ", "UTC", 1)
        let result = run(checks)
        result.differences.prefix(40).forEach { print($0) }
        print(
            "\(checks.count) zones, \(result.changes) changes, \(result.comparisons) comparisons in both directions,",
            "\(result.occurrences) occurrences, \(result.differences.count) differences")
        exit(result.differences.isEmpty && !checks.isEmpty ? 0 : 1)
    }

    private static func chosen(from names: [String], _ arguments: ArraySlice<String>) -> [String]? {
        if arguments.isEmpty { return names }
        guard arguments.count == 2, arguments.first == "--zones", let count = arguments.last.flatMap({ Int($0) }),
            count > 0
        else { return nil }
        let wanted = min(count, names.count)
        return (0..<wanted).map { names[$0 * names.count / wanted] }
    }

    /// One zone at a time on each core.
    private static func run(_ checks: [ZoneCheck]) -> ZoneCheck.Result {
        let total = Mutex((done: 0, result: ZoneCheck.Result()))
        DispatchQueue.concurrentPerform(iterations: checks.count) { index in
            let result = checks[index].run()
            total.withLock { total in
                total.done += 1
                total.result += result
                if total.done % 50 == 0 { say("\(total.done) of \(checks.count) zones") }
            }
        }
        return total.withLock { $0.result }
    }

    private static func say(_ text: String) {
        FileHandle.standardError.write(Data("clock-change-check: \(text)\n".utf8))
    }
}
