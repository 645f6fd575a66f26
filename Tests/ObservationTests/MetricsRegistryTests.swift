import Foundation
import Metrics
import TestSupport
import Testing

@testable import Observation

/// Series by name and labels, and how Prometheus reads them.
struct MetricsRegistryTests {
    @Test func theSameNameAndLabelsAreOneSeries() {
        let registry = MetricsRegistry([])
        for labels in [[("a", "1"), ("b", "2")], [("b", "2"), ("a", "1")]] {
            Counter(label: "x_total", dimensions: labels, factory: registry).increment(by: 2)
        }
        Counter(label: "x_total", dimensions: [("a", "1")], factory: registry).increment()
        #expect(
            registry.prometheusText
                == "# TYPE x_total counter\nx_total{a=\"1\"} 1\nx_total{a=\"1\",b=\"2\"} 4\n")
    }

    @Test func labelsAndHelpAreEscaped() {
        let registry = MetricsRegistry([MetricDescription("x", "one\\two\nthree \"four\"")])
        Gauge(label: "x", dimensions: [("k", "a\"b\\c\nd")], factory: registry).record(1.5)
        #expect(
            registry.prometheusText
                == "# HELP x one\\\\two\\nthree \"four\"\n# TYPE x gauge\nx{k=\"a\\\"b\\\\c\\nd\"} 1.5\n")
    }

    @Test func aTimerIsAHistogramOfSeconds() {
        let registry = MetricsRegistry([MetricDescription("x_seconds", "How long.", bounds: [0.1, 1])])
        let timer = Metrics.Timer(label: "x_seconds", dimensions: [], factory: registry)
        for milliseconds in [50, 100, 500, 5_000] { timer.recordNanoseconds(Int64(milliseconds) * 1_000_000) }
        #expect(
            registry.prometheusText == """
                # HELP x_seconds How long.
                # TYPE x_seconds histogram
                x_seconds_bucket{le="0.1"} 2
                x_seconds_bucket{le="1"} 3
                x_seconds_bucket{le="+Inf"} 4
                x_seconds_sum 5.65
                x_seconds_count 4

                """)
    }

    @Test func aGaugeHoldsTheLastValueAndAMeterMoves() {
        let registry = MetricsRegistry([])
        let gauge = Gauge(label: "g", dimensions: [], factory: registry)
        gauge.record(5)
        gauge.record(3)
        let meter = Meter(label: "m", dimensions: [], factory: registry)
        meter.set(2)
        meter.increment(by: 3)
        meter.decrement(by: 1)
        #expect(registry.prometheusText == "# TYPE g gauge\ng 3\n# TYPE m gauge\nm 4\n")
    }

    @Test func valuesThatAreNoNumbersAreLeftOut() {
        let registry = MetricsRegistry([])
        let recorder = Recorder(label: "r", dimensions: [], aggregate: true, factory: registry)
        recorder.record(Double.nan)
        recorder.record(Double.infinity)
        #expect(registry.prometheusText.contains("r_count 0"))
    }

    @Test func everySchedulerSeriesIsDescribed() {
        let registry = MetricsRegistry()
        let metrics = SchedulerMetrics(factory: registry)
        metrics.runEnded("succeeded", seconds: -1)
        metrics.runBegan(lateness: 0.01)
        metrics.retried()
        metrics.skipped(.madeUp)
        metrics.skipped(.overlap)
        metrics.delivered("sent")
        metrics.queue(waiting: 3, running: 1)
        metrics.stalled()
        metrics.synced(seconds: 1e12)
        let names = Set(registry.series.map(\.name))
        #expect(names == Set(SchedulerMetrics.descriptions.map(\.name)))
        #expect(registry.prometheusText.contains("rota_missed_total{reason=\"made_up\"} 1"))
        #expect(registry.prometheusText.contains("rota_skipped_total{reason=\"overlap\"} 1"))
        #expect(registry.prometheusText.contains("rota_run_seconds_sum 0\n"))
    }

    @Test func theFileIsWrittenOnlyAfterAChange() async throws {
        try await TemporaryFolder.use { folder in
            let registry = MetricsRegistry([])
            let file = MetricsFile(path: folder.path("metrics.prom"), registry: registry)
            #expect(MetricsFile.read(file.path) == nil)
            #expect(file.write())
            #expect(MetricsFile.read(file.path)?.text == "")
            unlink(file.path)
            #expect(file.write())
            #expect(MetricsFile.read(file.path) == nil)
            Counter(label: "x_total", dimensions: [], factory: registry).increment()
            #expect(file.write())
            #expect(MetricsFile.read(file.path)?.text == "# TYPE x_total counter\nx_total 1\n")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names == ["metrics.prom"])
        }
    }

    @Test func aDiskThatRefusesIsTriedAgain() async throws {
        try await TemporaryFolder.use { folder in
            let registry = MetricsRegistry([])
            let file = MetricsFile(path: folder.path("missing/metrics.prom"), registry: registry)
            #expect(!file.write())
            try FileManager.default.createDirectory(atPath: folder.path("missing"), withIntermediateDirectories: true)
            #expect(file.write())
        }
    }
}
