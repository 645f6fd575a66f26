import Foundation
import JobModel
import Logging
import Observation
import Scheduling

/// Follows the events of the store into the log and the metrics. What it reads is stored already, so it may lag behind
/// without losing anything, and the scheduler never waits for it.
actor SchedulerJournal {
    private static let batch = 500

    private let store: any JobStore
    private let logger: Logger
    private let metrics: SchedulerMetrics
    /// Told after something was read.
    private let noted: @Sendable () -> Void
    private nonisolated let signal = WakeSignal()
    private var last: EventID = 0
    private var isTroubled = false

    init(store: any JobStore, logger: Logger, metrics: SchedulerMetrics, noted: @escaping @Sendable () -> Void = {}) {
        self.store = store
        self.logger = logger
        self.metrics = metrics
        self.noted = noted
    }

    /// There may be new events.
    nonisolated func wake() { signal.ring() }

    /// From here on; what happened before was another owner's.
    func begin() async { last = (try? await store.lastEventID()) ?? 0 }

    /// Reads on until it is told to end, and then what is left.
    func run() async {
        while !Task.isCancelled {
            await signal.wait()
            await readOn()
        }
    }

    func readOn() async {
        do {
            while true {
                let events = try await store.events(after: last, limit: Self.batch)
                guard let newest = events.last else { break }
                for event in events { note(event) }
                last = newest.id
                noted()
            }
            isTroubled = false
        } catch {
            // Said once; the events are still there when the store can be read again.
            if !isTroubled { logger.warning("events cannot be read", metadata: ["error": "\(error)"]) }
            isTroubled = true
        }
    }

    private func note(_ event: Event) {
        let record = EventRecord(event)
        record.log(to: logger)
        record.count(in: metrics)
    }
}
