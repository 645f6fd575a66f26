import Foundation
import JobModel
import Logging
import Observation
import Scheduling
import TestSupport
import Testing

@testable import Commands

/// Following the events of a store.
struct SchedulerJournalTests {
    private static let start = Date(timeIntervalSince1970: 1_772_442_000)

    private static var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }

    @Test func readsEachEventOnceAndFromItsBeginning() async throws {
        let store = InMemoryStore()
        let registry = MetricsRegistry()
        let noted = LockedBox(0)
        let journal = SchedulerJournal(
            store: store, logger: Self.silent, metrics: SchedulerMetrics(factory: registry),
            noted: { noted.set(noted.value + 1) })
        func emitRetries(_ count: Int) async {
            for _ in 0..<count { _ = await store.emit(Event(name: "run.retrying", at: Self.start)) }
        }
        await emitRetries(3)
        await journal.begin()
        await journal.readOn()
        #expect(noted.value == 0)
        await emitRetries(1_200)
        await journal.readOn()
        await journal.readOn()
        #expect(registry.prometheusText.contains("rota_retries_total 1200\n"))
        #expect(noted.value == 3)
    }

    @Test func aWakeIsEnough() async throws {
        let store = InMemoryStore()
        let registry = MetricsRegistry()
        let noted = AsyncStream.makeStream(of: Void.self)
        let journal = SchedulerJournal(
            store: store, logger: Self.silent, metrics: SchedulerMetrics(factory: registry),
            noted: { noted.continuation.yield() })
        let reading = Task { await journal.run() }
        _ = await store.emit(Event(name: "run.retrying", at: Self.start))
        journal.wake()
        var notes = noted.stream.makeAsyncIterator()
        await notes.next()
        #expect(registry.prometheusText.contains("rota_retries_total 1\n"))
        reading.cancel()
        await reading.value
    }

    @Test func theMetricsFileIsWrittenAtOnceThenNotTooOftenAndAtTheEnd() async throws {
        try await TemporaryFolder.use { folder in
            let registry = MetricsRegistry()
            let metrics = SchedulerMetrics(factory: registry)
            let time = ManualTimeSource(Self.start)
            let path = folder.path("metrics.prom")
            let writer = MetricsWriter(
                store: InMemoryStore(), metrics: metrics, file: MetricsFile(path: path, registry: registry), time: time)
            let writing = Task { await writer.run() }
            await time.waitForSleepers()
            #expect(MetricsFile.read(path)?.text.contains("rota_queue_waiting 0") == true)
            metrics.retried()
            writer.signal.ring()
            #expect(MetricsFile.read(path)?.text.contains("rota_retries_total") == false)
            await time.advance(by: MetricsWriter.pause)
            await time.waitForSleepers()
            #expect(MetricsFile.read(path)?.text.contains("rota_retries_total 1") == true)
            metrics.retried()
            writing.cancel()
            await writing.value
            #expect(MetricsFile.read(path)?.text.contains("rota_retries_total 2") == true)
        }
    }

    /// The words that the scheduler gives as reasons are known to the metrics.
    @Test func everyReasonHasAClass() {
        let reasons: [(String, ReasonClass)] = [
            ("missed while nothing ran", .policy),
            ("missed while nothing ran; a later one was made up", .newerMadeUp),
            ("missed while nothing ran; so were all until 2026-03-02T09:00:00Z", .longDowntime),
            ("missed by more than 24 h", .window),
            ("an earlier run was still under way", .overlap),
            ("an earlier run was still under way and another waited", .overlap),
            ("100 runs of it waited already", .queueFull), ("its schedule is gone", .scheduleGone),
            ("because", .other),
        ]
        for (text, expected) in reasons { #expect(ReasonClass(ofSkip: text) == expected, "\(text)") }
    }
}
