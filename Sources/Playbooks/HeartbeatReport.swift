import Foundation
import JobModel
import Templates

/// Heartbeats keep quiet while all is well. An alert is told once, then with its count every few hours while it lasts,
/// and its end is told once.
///
/// What was told before is read from the last run's output, so that it is stored in one transaction with the run.
package struct HeartbeatReport: Sendable {
    /// Seconds: an alert that goes on is told again after so long.
    package static let quietSpan: TimeInterval = 6 * 3600

    private let job: Job
    private let verdict: HeartbeatVerdict
    private let hasMessages: Bool
    private let previous: Run?
    private let now: Date
    private let clock: LocalTimeText

    /// - Parameters:
    ///   - previous: the job's last run that succeeded.
    ///   - zone: the person's zone; a job with a schedule is told in that schedule's zone.
    package init(job: Job, result: RunResult, previous: Run?, now: Date, zone: String) {
        self.job = job
        verdict = HeartbeatVerdict(result)
        hasMessages = !result.messages.isEmpty
        self.previous = previous
        self.now = now
        clock = LocalTimeText(zone: job.schedules.first?.zone ?? zone)
    }

    /// A run that failed, or goes on later, is told as any other.
    package func told(_ outcome: RunOutcome) -> RunOutcome {
        guard outcome.state == .succeeded else { return outcome }
        let streak = HeartbeatStreak(output: previous?.output)
        return verdict.isAlert ? alert(outcome, after: streak) : well(outcome, after: streak)
    }

    // MARK: Well

    private func well(_ outcome: RunOutcome, after streak: HeartbeatStreak?) -> RunOutcome {
        var told = outcome
        told.output = verdict.line
        (told.message, told.deliveries) = (nil, [])
        guard let streak else { return told }
        let words = "\(job.name): ok again (\(streak.line), \(times(streak.count))\(since(streak)))"
        told.message = words
        told.deliveries = [OutgoingMessage(recipients: job.delivery, text: words)].filter { !$0.recipients.isEmpty }
        return told
    }

    // MARK: Alert

    private func alert(_ outcome: RunOutcome, after streak: HeartbeatStreak?) -> RunOutcome {
        let before = streak.flatMap { $0.isSame(as: verdict.line) ? $0 : nil }
        let current = HeartbeatStreak(
            line: verdict.line, count: (before?.count ?? 0) + 1, since: before?.since ?? RFC3339.text(now))
        var told = outcome
        told.output = current.output
        guard before == nil || isToldAgain(current) else {
            (told.message, told.deliveries) = (nil, [])
            return told
        }
        let repeated = before == nil ? "" : " (\(times(current.count))\(since(current)))"
        told.message = "\(job.name): \(verdict.line)\(repeated)"
        if hasMessages {
            told.deliveries = outcome.deliveries.map {
                OutgoingMessage(recipients: $0.recipients, text: $0.text + repeated)
            }
        } else {
            told.deliveries = [OutgoingMessage(recipients: job.delivery, text: told.message ?? "")]
                .filter { !$0.recipients.isEmpty }
        }
        return told
    }

    /// The run before was in an earlier span of this streak.
    private func isToldAgain(_ streak: HeartbeatStreak) -> Bool {
        guard let since = RFC3339.date(streak.since), let latest = previous?.finished ?? previous?.due else {
            return true
        }
        return Int(now.timeIntervalSince(since) / Self.quietSpan)
            > Int(latest.timeIntervalSince(since) / Self.quietSpan)
    }

    private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    private func since(_ streak: HeartbeatStreak) -> String {
        RFC3339.date(streak.since).map { " since \(clock.short($0, now: now))" } ?? ""
    }
}
