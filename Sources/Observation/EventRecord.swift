import Foundation
import JobModel
import Logging

/// What a stored event means for the log and for the metrics. The scheduler tells nothing of this itself: whoever
/// follows the events of a store sees its whole life.
package struct EventRecord: Sendable {
    private let event: Event
    private let kind: LifecycleEvent?

    package init(_ event: Event) {
        self.event = event
        kind = LifecycleEvent(rawValue: event.name)
    }

    // MARK: Log

    package func log(to logger: Logger) {
        // Logged where it is noticed: the store may take its event much later.
        guard kind != .schedulerStalled else { return }
        logger.log(level: level, "\(words)", metadata: metadata)
    }

    private var level: Logger.Level {
        switch kind {
        case .runFailed: .warning
        case .runSkipped, .runRetrying, .runLate, .schedulerTookOver, .schedulerStarted, .schedulerStopped,
            .schedulerPaused, .schedulerResumed:
            .notice
        case nil: .debug
        default: .info
        }
    }

    private var words: String {
        switch kind {
        case .runStarted: "run started"
        case .runSucceeded, .runFailed, .runCancelled: "run finished"
        case .runRetrying: "run failed and is tried again"
        case .runSkipped: "run skipped"
        case .runLate: "run made up"
        case .schedulerTookOver: "runs of the owner before were taken over"
        case .schedulerStarted: "scheduler started"
        case nil: "event"
        case let kind?: kind.rawValue.replacing(".", with: " ").replacing("_", with: " ")
        }
    }

    private var metadata: Logger.Metadata {
        var members: Logger.Metadata = ["event": .string(event.name)]
        members["job"] = text("job")
        members["job_id"] = event.jobID.map { .stringConvertible($0) }
        members["run"] = event.runID.map { .stringConvertible($0) }
        members["due"] = text("due")
        members["reason"] = text("reason")
        members["attempt"] = event.data["attempt"]?.number.flatMap(Int.init(exactly:)).map { .stringConvertible($0) }
        if let ended { members["state"] = .string(ended.rawValue) }
        if let lateness { members["lateness"] = .stringConvertible(lateness) }
        if ended != nil || kind == .runRetrying { members["seconds"] = seconds.map { .stringConvertible($0) } }
        if kind == .schedulerTookOver { members["runs"] = .stringConvertible(event.data["runs"]?.array?.count ?? 0) }
        return members
    }

    /// `nil` where the event says nothing of it.
    private func text(_ name: String) -> Logger.MetadataValue? {
        event.data[name]?.string.flatMap { $0.isEmpty ? nil : .string($0) }
    }

    // MARK: Metrics

    package func count(in metrics: SchedulerMetrics) {
        switch kind {
        case .runStarted: if let lateness { metrics.runBegan(lateness: lateness) }
        case .runSucceeded, .runFailed, .runCancelled:
            if let ended { metrics.runEnded(ended.rawValue, seconds: seconds) }
        case .runRetrying: metrics.retried()
        case .runSkipped: metrics.skipped(ReasonClass(ofSkip: event.data["reason"]?.string ?? ""))
        case .runLate: metrics.skipped(.madeUp)
        default: break
        }
    }

    private var ended: Run.State? {
        switch kind {
        case .runSucceeded: .succeeded
        case .runFailed: .failed
        case .runCancelled: .cancelled
        default: nil
        }
    }

    private var seconds: Double? { event.data["seconds"]?.number }

    /// Seconds behind its moment; only of the first attempt, because a retry is not late.
    private var lateness: Double? {
        guard kind == .runStarted, event.data["attempt"]?.number ?? 1 <= 1,
            let due = event.data["due"]?.string.flatMap(RFC3339.date)
        else { return nil }
        return max(0, event.at.timeIntervalSince(due))
    }
}
