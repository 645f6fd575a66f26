import Foundation
import JobModel
import Logging
import TestSupport
import Testing

@testable import Observation

/// Stored events as lines of the log and as counts.
struct EventRecordTests {
    private static let due = Date(timeIntervalSince1970: 1_772_442_000)

    private func event(_ kind: LifecycleEvent, attempt: Int = 1, reason: String? = nil) -> Event {
        let run = Run(
            id: 7, jobID: 2, cause: .schedule, due: Self.due, state: .running, attempt: attempt, started: Self.due + 2)
        return .about(run, of: "Backup", kind, reason: reason, at: Self.due + 5)
    }

    private func row(_ event: Event) async throws -> JSONValue? {
        try await TemporaryFolder.use { folder in
            let file = RotatingLogFile(path: folder.path("a.log"))
            let handler = JSONLogHandler(label: "rota", file: file, level: .info, now: { Self.due })
            EventRecord(event).log(to: Logger(label: "rota") { _ in handler })
            file.flush()
            let text = try? String(contentsOfFile: file.path, encoding: .utf8)
            return try text.map { try JSONValue(parsing: $0) }
        }
    }

    @Test func aStartNamesItsLateness() async throws {
        let row = try #require(try await row(event(.runStarted)))
        #expect(row["message"] == "run started" && row["level"] == "info" && row["lateness"] == 5)
        #expect(row["job"] == "Backup" && row["job_id"] == 2 && row["run"] == 7 && row["attempt"] == 1)
        #expect(row["due"] == "2026-03-02T09:00:00Z" && row["seconds"] == nil && row["reason"] == nil)
    }

    @Test func aFailureNamesReasonAndDuration() async throws {
        let row = try #require(try await row(event(.runFailed, attempt: 3, reason: "exit 1\u{1B}[2J")))
        #expect(row["message"] == "run finished" && row["level"] == "warning" && row["state"] == "failed")
        #expect(row["reason"] == "exit 1" && row["seconds"] == 3 && row["attempt"] == 3)
    }

    @Test func whatComesFromOutsideIsNoise() async throws {
        #expect(try await row(Event(name: "github.issue.created", at: Self.due)) == nil)
    }

    @Test func aStallIsLoggedWhereItIsNoticed() async throws {
        #expect(try await row(Event(name: "scheduler.stalled", at: Self.due)) == nil)
    }

    @Test func aTakeOverCountsItsRuns() async throws {
        let row = try await row(Event(name: "scheduler.took_over", at: Self.due, data: ["runs": [4, 5]]))
        #expect(row?["runs"] == 2)
    }

    @Test func eventsAreCounted() {
        let registry = MetricsRegistry()
        let metrics = SchedulerMetrics(factory: registry)
        let events = [
            event(.runStarted), event(.runLate), event(.runRetrying), event(.runStarted, attempt: 2),
            event(.runSucceeded), event(.runFailed), event(.runCancelled),
            event(.runSkipped, reason: "missed by more than 24 h"), event(.runSkipped, reason: "an earlier run waits"),
            Event(name: "job.created", at: Self.due),
        ]
        for event in events { EventRecord(event).count(in: metrics) }
        let counts = registry.series.filter { $0.kind == .counter }
            .map { "\($0.name) \($0.labels.map(\.value).joined()) \(Int($0.values.number))" }
        #expect(
            counts == [
                "rota_missed_total made_up 1", "rota_missed_total window 1", "rota_retries_total  1",
                "rota_runs_total cancelled 1", "rota_runs_total failed 1", "rota_runs_total succeeded 1",
                "rota_skipped_total overlap 1",
            ])
        // A second attempt is not late.
        #expect(registry.series.first { $0.name == "rota_start_lateness_seconds" }?.values.count == 1)
    }

    @Test func anOwnersNoteIsReadByAnotherProcess() async throws {
        try await TemporaryFolder.use { folder in
            let note = OwnerNote(path: folder.path("scheduler.state"))
            #expect(note.read() == nil)
            var content = OwnerNote.Content(pid: 42, since: Self.due)
            content.trouble = .init(at: Self.due + 0.5, text: "The disk is \"full\".")
            note.write(content)
            #expect(note.read() == content)
            // A long text is cut, and the file never needs more room.
            content.trouble?.text = String(repeating: "\u{1F600}", count: 9_999)
            note.write(content)
            #expect((note.read()?.trouble?.text.count ?? 0) > 0)
            let size = try Data(contentsOf: URL(fileURLWithPath: note.path)).count
            #expect(size == 4096)
            content.trouble = nil
            note.write(content)
            #expect(note.read() == content)
            try "{\"pid\":1}".write(toFile: note.path, atomically: true, encoding: .utf8)
            #expect(note.read() == nil)
        }
    }
}
