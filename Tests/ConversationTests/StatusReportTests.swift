import Foundation
import JobModel
import TestSupport
import Testing

@testable import Conversation

/// The status in words and as a row.
struct StatusReportTests {
    private static let start = Date(timeIntervalSince1970: 1_772_442_000)
    private static let now = start + 3600

    private func store() async throws -> InMemoryStore {
        let store = InMemoryStore()
        for (name, moment) in [("Backup", 60.0), ("Report", 120), ("Sync", 7200), ("Walk", 180), ("Tea", 240)] {
            let job = exampleJob(name, Trigger(.schedule(Schedule(.once([Self.start + moment]), zone: "UTC"))))
            _ = try await store.apply([.create(job)], summary: "", at: Self.start)
        }
        return store
    }

    private func report(
        _ store: any JobStore, _ presence: SchedulerPresence, _ sight: SchedulerSight = SchedulerSight()
    ) async -> StatusReport {
        await StatusReport.gather(from: store, presence: presence, sight: sight, now: Self.now)
    }

    @Test func saysWhatShouldHaveFired() async throws {
        let store = try await store()
        let lines = await report(store, .none).lines(zone: "UTC", now: Self.now)
        #expect(
            lines.dropFirst() == [
                "Overdue: [1] Backup should have fired at Mon 2 Mar 09:01 +00:00 and did not: no scheduler was running.",
                "Overdue: [2] Report should have fired at Mon 2 Mar 09:02 +00:00 and did not: no scheduler was running.",
                "Overdue: [4] Walk should have fired at Mon 2 Mar 09:03 +00:00 and did not: no scheduler was running.",
                "1 more is overdue.",
            ])
        let owned = await report(store, .elsewhere(pid: 7)).lines(zone: "UTC", now: Self.now)
        #expect(owned[1].hasSuffix("and did not: its scheduler did not look."))
        #expect(owned[0] == "The scheduler runs in process 7 (idle).")
    }

    @Test func nothingIsOverdueWhilePaused() async throws {
        let store = try await store()
        try await store.pauseScheduler(until: .distantFuture, at: Self.now)
        let report = await report(store, .elsewhere(pid: 7))
        #expect(report.overdue.isEmpty && report.state == "paused")
    }

    @Test func anOwnerMayTakeAMoment() async throws {
        let store = try await store()
        let report = await StatusReport.gather(
            from: store, presence: .elsewhere(pid: 7), sight: SchedulerSight(), now: Self.start + 65)
        #expect(report.overdue.isEmpty)
    }

    @Test func namesWhatRunsAndWaits() async throws {
        let store = try await store()
        for job in [JobID(3), 3, 5] {
            _ = try await store.enqueue(Run(jobID: job, cause: .manual, due: Self.start + 300))
        }
        let claims = [RunClaim(id: 1, token: "a")]
        _ = try await store.claim(ClaimRequest(queued: claims), at: Self.start + 301)
        _ = await store.begin(run: 1, token: "a", at: Self.start + 302)
        let sight = SchedulerSight(
            since: Self.start, trouble: .init(at: Self.start + 1800, text: "The disk is full."),
            lastSync: Self.start + 302, storeBytes: 1_234_567, logBytes: 32_100)
        let report = await report(store, .elsewhere(pid: 7), sight)
        let lines = report.lines(zone: "UTC", now: Self.now)
        #expect(lines[0] == "The scheduler runs in process 7 (error, since Mon 2 Mar 09:00 +00:00).")
        #expect(lines[1] == "In trouble since Mon 2 Mar 09:30 +00:00: The disk is full.")
        #expect(
            lines.suffix(3) == [
                "1 running, 2 waiting, the oldest since Mon 2 Mar 09:05.", "Running: [3] Sync since 09:05:02.",
                "Store: 1.2 MB and 32 kB of log, last written Mon 2 Mar 09:05:02.",
            ])
        let row = report.row
        #expect(row["state"] == "error" && row["running"] == 1 && row["waiting"] == 2 && row["pid"] == 7)
        #expect(row["next"]?["due"] == "2026-03-02T09:01:00.000Z" && row["overdue"]?.array?.count == 4)
        #expect(row["runs"]?.array?.first?["job"] == ["id": 3, "name": "Sync"])
        #expect(row["oldest"] == "2026-03-02T09:05:00.000Z" && row["last_sync"] == "2026-03-02T09:05:02.000Z")
        #expect(row["store"] == ["bytes": 1_234_567, "log_bytes": 32_100])
        #expect(row["trouble"]?["text"] == "The disk is full." && row["since"] == "2026-03-02T09:00:00.000Z")
    }
}
