import Foundation
import Metrics

/// What is counted and measured about the scheduler. Documentation/Watching.md lists the series.
///
/// No label names a job: the number of series stays small whatever people schedule.
package struct SchedulerMetrics: Sendable {
    private let factory: any MetricsFactory

    package init(factory: any MetricsFactory) { self.factory = factory }

    // MARK: Runs

    package func runEnded(_ state: String, seconds: Double?) {
        counter("rota_runs_total", ["state": state]).increment()
        if let seconds { timer("rota_run_seconds").recordSeconds(max(0, seconds)) }
    }

    package func runBegan(lateness: Double) { timer("rota_start_lateness_seconds").recordSeconds(max(0, lateness)) }
    package func retried() { counter("rota_retries_total").increment() }

    package func skipped(_ reason: ReasonClass) {
        let name = reason.isMiss ? "rota_missed_total" : "rota_skipped_total"
        counter(name, ["reason": reason.rawValue]).increment()
    }

    package func delivered(_ state: String) { counter("rota_deliveries_total", ["state": state]).increment() }

    // MARK: The scheduler

    package func queue(waiting: Int, running: Int) {
        gauge("rota_queue_waiting").record(waiting)
        gauge("rota_runs_running").record(running)
    }

    package func stalled() { counter("rota_scheduler_stalls_total").increment() }
    package func synced(seconds: Double) { timer("rota_store_sync_seconds").recordSeconds(seconds) }

    // MARK: Handlers

    private func counter(_ name: String, _ labels: [String: String] = [:]) -> Counter {
        Counter(label: name, dimensions: labels.map { ($0, $1) }, factory: factory)
    }

    private func timer(_ name: String) -> Metrics.Timer { Metrics.Timer(label: name, dimensions: [], factory: factory) }
    private func gauge(_ name: String) -> Gauge { Gauge(label: name, dimensions: [], factory: factory) }

    package static let descriptions = [
        MetricDescription("rota_runs_total", "Runs that ended, by state."),
        MetricDescription("rota_run_seconds", "How long runs took, from their start to their end."),
        MetricDescription(
            "rota_start_lateness_seconds", "How long after its moment a run's first attempt began."),
        MetricDescription("rota_retries_total", "Failed attempts that are tried again."),
        MetricDescription("rota_missed_total", "Moments at which nothing ran, by what became of them."),
        MetricDescription("rota_skipped_total", "Moments that were passed over, by reason."),
        MetricDescription("rota_deliveries_total", "Deliveries to gateways that came to an end, by state."),
        MetricDescription("rota_queue_waiting", "Runs that wait to be started."),
        MetricDescription("rota_runs_running", "Runs under way."),
        MetricDescription("rota_scheduler_stalls_total", "Times that the scheduler should have looked and did not."),
        MetricDescription(
            "rota_store_sync_seconds", "How long one group of writes took to reach the disk.",
            bounds: [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]),
    ]
}

extension Metrics.Timer {
    fileprivate func recordSeconds(_ seconds: Double) { recordNanoseconds(Int64(min(seconds, 9e9) * 1e9)) }
}
