import CronExpressions
import Foundation

/// Any text as cron. Beside crashes it finds broken promises: an occurrence that is not later, an error beside the text.
enum CronFuzz {
    private static let zones = ["UTC", "Europe/Berlin", "Australia/Lord_Howe"].map { name in
        guard let zone = try? ZoneRules.named(name) else { preconditionFailure("no zone \(name)") }
        return zone
    }
    /// Two days before Berlin's clocks go forward.
    private static let start = Date(timeIntervalSince1970: 1_774_598_100)

    static func run(_ text: String) -> CInt {
        check(text, seconds: false)
        check(text, seconds: true)
        if let seconds = try? CronExpression.everySeconds(text) {
            promise(seconds > 0, "an interval of \(seconds) s")
        }
        return 0
    }

    private static func check(_ text: String, seconds: Bool) {
        do {
            let cron = try CronExpression(text, seconds: seconds)
            promise(!cron.explanation.isEmpty, "no explanation")
            promise(!CronExpression.explanation(of: [cron, cron]).isEmpty, "no explanation of two")
            for zone in zones { walk(cron, in: zone) }
        } catch {
            promise(!error.message.isEmpty, "no message")
            let length = error.text.unicodeScalars.count
            promise(error.range.lowerBound >= 0 && error.range.upperBound <= length, "an error beside the text")
        }
    }

    /// Forward and back again comes by the same occurrences.
    private static func walk(_ cron: CronExpression, in zone: ZoneRules) {
        var found = [start]
        while found.count < 5, let next = cron.nextOccurrence(after: found[found.count - 1], in: zone) {
            promise(next > found[found.count - 1], "no later occurrence")
            found.append(next)
        }
        // A clock change can skip all that follows the clock, in its zone.
        let isDueInUTC = cron.nextOccurrence(after: start, in: .utc) != nil
        promise(cron.isReboot != isDueInUTC, "an expression that is never due was read")
        for (earlier, later) in zip(found.dropFirst(), found.dropFirst(2)) {
            promise(cron.previousOccurrence(before: later, in: zone) == earlier, "another way back")
        }
    }
}
