import Foundation
import JobModel
import Logging
import Observation
import Planning
import Scheduling

/// Says that the scheduler should have looked and did not: in the log at once, in `rota status`, and, as soon as the
/// store takes it, in the conversation and as an event.
struct StallReporter: Sendable {
    let store: any JobStore
    let logger: Logger
    let metrics: SchedulerMetrics
    let troubles: TroubleKeeper
    let zone: @Sendable () async -> String
    let now: @Sendable () -> Date
    let announce: @Sendable () -> Void

    func tell(_ report: Watchdog.Report) {
        switch report {
        case .stalled(let due): stalled(due)
        case .looksAgain(let seconds): looksAgain(seconds)
        }
    }

    private func stalled(_ due: Date?) {
        let moment = due.map { RFC3339.text($0) } ?? ""
        logger.critical("the scheduler should have looked and did not", metadata: ["due": .string(moment)])
        metrics.stalled()
        troubles.set(
            due == nil ? "The scheduler does not come to an end with what is due." : "The scheduler does not fire.",
            of: .stall)
        let at = now()
        say { zone in
            guard let due else { return "The scheduler is stuck: it does not come to an end with what is due." }
            let text = OccurrenceText(zone: zone).moment(due, now: at)
            return "The scheduler should have fired at \(text) and did not."
        }
        let event = Event(
            name: LifecycleEvent.schedulerStalled.rawValue, at: at, data: ["due": .string(moment)])
        // Not awaited: the watchdog's thread must not wait for a pool that may be what is stuck.
        Task { try? await store.emit(event) }
    }

    private func looksAgain(_ seconds: TimeInterval) {
        logger.notice("the scheduler looked again", metadata: ["after": .stringConvertible(seconds)])
        troubles.set(nil, of: .stall)
        say { _ in "The scheduler looked again after \(Int(seconds.rounded())) s." }
    }

    private func say(_ text: @escaping @Sendable (_ zone: String) -> String) {
        let at = now()
        // Not awaited, for the same reason.
        Task {
            let message = Message(jobID: nil, runID: nil, at: at, text: text(await zone()))
            guard (try? await store.post(message)) != nil else { return }
            announce()
        }
    }
}
