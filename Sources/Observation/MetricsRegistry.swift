import Foundation
import Metrics
import Synchronization

/// The metrics of this process in memory, as swift-metrics asks for them.
///
/// The same name with the same labels is the same series, however often it is made; series stay as long as the
/// registry, because a counter that vanishes looks like one that was reset.
package final class MetricsRegistry: MetricsFactory {
    private struct Key: Hashable {
        var name: String
        var labels: [MetricLabel]
    }

    private struct State {
        var series: [Key: MetricSeries] = [:]
    }

    private let state = Mutex(State())
    private let changes = Mutex(0)
    private let descriptions: [String: MetricDescription]

    /// - Parameter descriptions: help and buckets by name; others have none, and the usual buckets.
    package init(_ descriptions: [MetricDescription] = SchedulerMetrics.descriptions) {
        self.descriptions = Dictionary(descriptions.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// Counts up with every value: unchanged means that nothing was measured.
    package var changeCount: Int { changes.withLock { $0 } }

    /// By name, then by labels.
    var series: [MetricSeries] {
        state.withLock { Array($0.series.values) }.sorted { ($0.name, $0.key) < ($1.name, $1.key) }
    }

    func description(of name: String) -> MetricDescription? { descriptions[name] }

    // MARK: Making series

    private func make(_ name: String, _ dimensions: [(String, String)], _ kind: MetricSeries.Kind) -> MetricSeries {
        let key = Key(name: name, labels: dimensions.map { MetricLabel(name: $0.0, value: $0.1) }.sorted())
        return state.withLock { state in
            if let known = state.series[key] { return known }
            let bounds = kind == .histogram ? descriptions[name]?.bounds ?? MetricDescription.seconds : []
            let made = MetricSeries(name: name, labels: key.labels, kind: kind, bounds: bounds) { [weak self] in
                self?.changes.withLock { $0 += 1 }
            }
            state.series[key] = made
            return made
        }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        make(label, dimensions, .counter)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler { make(label, dimensions, .counter) }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        make(label, dimensions, .gauge)
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { make(label, dimensions, aggregate ? .histogram : .gauge) }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        make(label, dimensions, .histogram)
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}
}

extension MetricSeries {
    fileprivate var key: String { labels.map { "\($0.name)=\($0.value)" }.joined(separator: "\u{0}") }
}

/// What is known about a metric besides its values.
package struct MetricDescription: Hashable, Sendable {
    /// From a millisecond to an hour.
    package static let seconds: [Double] = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600]

    package var name: String
    package var help: String
    package var bounds: [Double]

    package init(_ name: String, _ help: String, bounds: [Double] = MetricDescription.seconds) {
        self.name = name
        self.help = help
        self.bounds = bounds
    }
}
