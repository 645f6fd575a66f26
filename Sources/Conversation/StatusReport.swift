import Foundation
import JobModel
import Planning

/// The scheduler's state in words and as a row.
package struct StatusReport: Sendable {
    package var presence: SchedulerPresence
    package var pausedUntil: Date?
    package var armed: ArmedTrigger?
    package var running: Int
    package var waiting: Int

    package init(presence: SchedulerPresence, pausedUntil: Date?, armed: ArmedTrigger?, running: Int, waiting: Int) {
        self.presence = presence
        self.pausedUntil = pausedUntil
        self.armed = armed
        self.running = running
        self.waiting = waiting
    }

    /// `stopped` where no process owns the scheduler.
    package var state: String {
        if presence == .none { return "stopped" }
        if pausedUntil != nil { return "paused" }
        return running > 0 ? "running" : "idle"
    }

    package func lines(zone: String, now: Date) -> [String] {
        let text = OccurrenceText(zone: zone)
        var lines = [owner]
        if let pausedUntil {
            lines.append(
                pausedUntil == .distantFuture
                    ? "Everything is paused until you say \"resume everything\"."
                    : "Everything is paused until \(text.moment(pausedUntil, now: now)).")
        }
        if let armed {
            lines.append("Next: \(text.moment(armed.due, now: now)) [\(armed.job.id)] \(armed.job.name).")
        } else {
            lines.append("Nothing is armed.")
        }
        if running + waiting > 0 { lines.append("\(running) running, \(waiting) waiting.") }
        return lines
    }

    private var owner: String {
        switch presence {
        case .here: "The scheduler runs in this process (\(state))."
        case .elsewhere(let pid): "The scheduler runs in process \(pid) (\(state))."
        case .none: "No scheduler is running. Start one with \"rota start\", or open the chat with \"rota chat\"."
        }
    }

    package var row: JSONValue {
        var members: [String: JSONValue] = [
            "type": "status", "v": 1, "state": .string(state), "running": .number(Double(running)),
            "waiting": .number(Double(waiting)),
        ]
        if case .elsewhere(let pid) = presence { members["pid"] = .number(Double(pid)) }
        if let armed {
            members["next"] = ["due": .string(Rows.instant(armed.due)), "job": Rows.reference(armed.job)]
        }
        if let pausedUntil, pausedUntil != .distantFuture {
            members["paused_until"] = .string(Rows.instant(pausedUntil))
        }
        return .object(members)
    }
}
