import Foundation
import JobModel
import Logging
import Observation
import Planning
import Scheduling

/// Says that the scheduler should have looked and did not: in the log and in `rota status` at once, and, as soon as the
/// store takes it, in the conversation and as an event.
struct StallReporter: Sendable {
    private struct Said: Sendable {
        var report: Watchdog.Report
        var at: Date
    }

    let store: any JobStore
    let logger: Logger
    let metrics: SchedulerMetrics
    let troubles: TroubleKeeper
    let zone: @Sendable () async -> String
    let now: @Sendable () -> Date
    let announce: @Sendable () -> Void
    /// The watchdog's thread must not wait for a pool that may be what is stuck: what needs the store goes through here.
    private let said = AsyncStream.makeStream(of: Said.self)

    init(
        store: any JobStore, logger: Logger, metrics: SchedulerMetrics, troubles: TroubleKeeper,
        zone: @escaping @Sendable () async -> String, now: @escaping @Sendable () -> Date,
        announce: @escaping @Sendable () -> Void
    ) {
        self.store = store
        self.logger = logger
        self.metrics = metrics
        self.troubles = troubles
        self.zone = zone
        self.now = now
        self.announce = announce
    }

    // MARK: At once

    func tell(_ report: Watchdog.Report) {
        switch report {
        case .stalled(let due):
            logger.critical(
                "the scheduler should have looked and did not", metadata: ["due": .string(Self.instant(due))])
            metrics.stalled()
            troubles.set(
                due == nil ? "The scheduler does not come to an end with what is due." : "The scheduler does not fire.",
                of: .stall)
        case .looksAgain(let seconds):
            logger.notice("the scheduler looked again", metadata: ["after": .stringConvertible(seconds)])
            troubles.set(nil, of: .stall)
        }
        said.continuation.yield(Said(report: report, at: now()))
    }

    private static func instant(_ date: Date?) -> String { date.map { RFC3339.text($0) } ?? "" }

    // MARK: When the store takes it

    /// Passes on what was told, in order; for one caller.
    func run() async {
        for await said in said.stream {
            if case .stalled(let due) = said.report {
                let data: JSONValue = ["due": .string(Self.instant(due))]
                let event = Event(name: LifecycleEvent.schedulerStalled.rawValue, at: said.at, data: data)
                _ = try? await store.emit(event)
            }
            let message = Message(jobID: nil, runID: nil, at: said.at, text: await text(said))
            if (try? await store.post(message)) != nil { announce() }
        }
    }

    private func text(_ said: Said) async -> String {
        switch said.report {
        case .stalled(let due?):
            let moment = OccurrenceText(zone: await zone()).moment(due, now: said.at)
            return "The scheduler should have fired at \(moment) and did not."
        case .stalled(nil): return "The scheduler is stuck: it does not come to an end with what is due."
        case .looksAgain(let seconds): return "The scheduler looked again after \(Int(seconds.rounded())) s."
        }
    }
}
