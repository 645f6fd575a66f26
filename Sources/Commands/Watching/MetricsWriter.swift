import Foundation
import JobModel
import Observation
import Scheduling

/// Keeps the metrics file up to date: at most once in a while, only after something was measured, and at the end.
struct MetricsWriter: Sendable {
    /// Seconds between two writes.
    static let pause: TimeInterval = 15

    let store: any JobStore
    let metrics: SchedulerMetrics
    let file: MetricsFile
    let time: any TimeSource
    let signal = WakeSignal()

    func run() async {
        while !Task.isCancelled {
            await write()
            try? await time.sleep(until: time.now + Self.pause)
            await signal.wait()
        }
        await write()
    }

    /// The queue is counted here, and not with each event: counting costs more than an event.
    private func write() async {
        if let backlog = try? await store.backlog(at: time.now),
            let running = try? await store.runs(RunQuery(states: [.claimed, .running], limit: 1000))
        {
            metrics.queue(waiting: backlog.waiting, running: running.count)
        }
        file.write()
    }
}
