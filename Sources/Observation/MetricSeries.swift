import Foundation
import Metrics
import Synchronization

/// One series of one metric: a name with its labels, and what was counted or measured.
///
/// Whatever handler swift-metrics asks for, it is this one class; which of the values counts follows from the kind.
package final class MetricSeries: Sendable {
    package enum Kind: String, Hashable, Sendable {
        case counter, gauge, histogram
    }

    struct Values: Hashable {
        var number = 0.0
        /// Of a histogram: how many values were at most each bound, and how many and how much in all.
        var buckets: [Int]
        var count = 0
        var sum = 0.0
    }

    let name: String
    /// In order of name.
    let labels: [MetricLabel]
    let kind: Kind
    /// Upper bounds of a histogram's buckets, ascending.
    let bounds: [Double]
    private let storage: Mutex<Values>
    /// Told after every change.
    private let changed: @Sendable () -> Void

    init(
        name: String, labels: [MetricLabel], kind: Kind, bounds: [Double], changed: @escaping @Sendable () -> Void
    ) {
        self.name = name
        self.labels = labels
        self.kind = kind
        self.bounds = bounds
        self.changed = changed
        storage = Mutex(Values(buckets: Array(repeating: 0, count: bounds.count)))
    }

    var values: Values { storage.withLock { $0 } }

    private func change(_ body: (inout Values) -> Void) {
        storage.withLock { body(&$0) }
        changed()
    }

    private func add(_ amount: Double) { change { $0.number += amount } }

    private func observe(_ value: Double) {
        guard value.isFinite else { return }
        change { values in
            for (index, bound) in bounds.enumerated() where value <= bound { values.buckets[index] += 1 }
            values.count += 1
            values.sum += value
        }
    }
}

package struct MetricLabel: Hashable, Comparable, Sendable {
    var name: String
    var value: String

    package static func < (left: Self, right: Self) -> Bool { (left.name, left.value) < (right.name, right.value) }
}

extension MetricSeries: CounterHandler, FloatingPointCounterHandler {
    package func increment(by amount: Int64) { add(Double(amount)) }
    package func increment(by amount: Double) { add(amount) }
    package func reset() { change { $0 = Values(buckets: $0.buckets.map { _ in 0 }) } }
}

extension MetricSeries: MeterHandler {
    package func set(_ value: Int64) { set(Double(value)) }
    package func set(_ value: Double) { change { $0.number = value } }
    package func decrement(by amount: Double) { add(-amount) }
}

extension MetricSeries: RecorderHandler {
    package func record(_ value: Int64) { record(Double(value)) }
    package func record(_ value: Double) { kind == .gauge ? set(value) : observe(value) }
}

extension MetricSeries: TimerHandler {
    /// Durations are kept in seconds, as Prometheus wants them.
    package func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1e9) }
}
