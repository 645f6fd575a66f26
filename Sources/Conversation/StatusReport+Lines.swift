import Foundation
import JobModel
import Planning

extension StatusReport {
    /// Lines of one kind that are shown before "and N more".
    private static let shown = 3

    package func lines(zone: String, now: Date) -> [String] {
        let text = OccurrenceText(zone: zone)
        var lines = [owner(text, now)]
        if let problem { lines.append("The store cannot be read: \(problem)") }
        if let trouble = sight.trouble {
            lines.append("In trouble since \(text.moment(trouble.at, now: now)): \(trouble.text)")
        }
        if let pausedUntil { lines.append(pause(pausedUntil, text, now)) }
        lines += overdueLines(zone: zone, now: now)
        if problem == nil, overdue.isEmpty { lines.append(next(text, now)) }
        lines += activeLines(text, now)
        lines += storeLines(text, now)
        return lines
    }

    /// What should have fired and did not, for status and for the greeting of a chat.
    package func overdueLines(zone: String, now: Date) -> [String] {
        let text = OccurrenceText(zone: zone)
        let why = presence == .none ? "no scheduler was running" : "its scheduler did not look"
        let lines = overdue.prefix(Self.shown).map { armed in
            "Overdue: [\(armed.job.id)] \(armed.job.name) should have fired at "
                + "\(text.moment(armed.due, now: now)) and did not: \(why)."
        }
        return lines + Self.rest(overdue.count, "overdue")
    }

    private static func rest(_ count: Int, _ what: String) -> [String] {
        count > shown ? ["\(count - shown) more \(count - shown == 1 ? "is" : "are") \(what)."] : []
    }

    private func owner(_ text: OccurrenceText, _ now: Date) -> String {
        let since = sight.since.map { ", since \(text.moment($0, now: now))" } ?? ""
        return switch presence {
        case .here: "The scheduler runs in this process (\(state)\(since))."
        case .elsewhere(let pid): "The scheduler runs in process \(pid) (\(state)\(since))."
        case .none: "No scheduler is running. Start one with \"rota start\", or open the chat with \"rota chat\"."
        }
    }

    private func pause(_ until: Date, _ text: OccurrenceText, _ now: Date) -> String {
        until == .distantFuture
            ? "Everything is paused until you say \"resume everything\"."
            : "Everything is paused until \(text.moment(until, now: now))."
    }

    private func next(_ text: OccurrenceText, _ now: Date) -> String {
        guard let armed else { return "Nothing is armed." }
        return "Next: \(text.moment(armed.due, now: now)) [\(armed.job.id)] \(armed.job.name)."
    }

    private func activeLines(_ text: OccurrenceText, _ now: Date) -> [String] {
        guard running + backlog.waiting > 0 else { return [] }
        let oldest = backlog.oldestReady.map { ", the oldest since \(text.short($0, now: now))" } ?? ""
        let lines = active.prefix(Self.shown).map { active in
            let since = active.run.started.map { " since \(text.clock($0))" } ?? ""
            let attempt = active.run.attempt > 1 ? ", attempt \(active.run.attempt)" : ""
            let steps = active.steps?.words.map { ": \($0)" } ?? ""
            return "Running: [\(active.run.jobID)] \(active.job)\(since)\(attempt)\(steps)."
        }
        return ["\(running) running, \(backlog.waiting) waiting\(oldest)."] + lines + Self.rest(running, "running")
    }

    private func storeLines(_ text: OccurrenceText, _ now: Date) -> [String] {
        guard let bytes = sight.storeBytes else { return [] }
        let log = sight.logBytes.map { $0 > 0 ? " and \(Self.size($0)) of log" : "" } ?? ""
        let sync = sight.lastSync.map { ", last written \(text.short($0, now: now))" } ?? ""
        return ["Store: \(Self.size(bytes))\(log)\(sync)."]
    }

    /// "4 kB", "1.2 MB".
    package static func size(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes) bytes" }
        if bytes < 1_000_000 { return "\((bytes + 500) / 1000) kB" }
        return String(format: "%.1f MB", Double(bytes) / 1e6)
    }
}
