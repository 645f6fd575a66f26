import Foundation
import JobModel
import Logging
import Observation
import Scheduling
import TestSupport
import Testing

@testable import Commands

/// The watchdog beside a scheduler's loop: what it says, where, and how often.
struct WatchdogServiceTests {
    private static let start = Date(timeIntervalSince1970: 1_772_442_000)

    /// A scheduler whose loop waits for a job that is due in a minute, on a clock that never wakes it.
    @Test func aStallIsToldOnce() async throws {
        let store = InMemoryStore()
        let job = exampleJob("a", Trigger(.schedule(Schedule(.once([Self.start + 60]), zone: "UTC"))))
        _ = try await store.apply([.create(job)], summary: "", at: Self.start)
        let time = ManualTimeSource(Self.start)
        let (awake, wall) = (LockedBox(0.0), LockedBox(Self.start))
        let scheduler = Scheduling.Scheduler(
            store: store, executor: Nothing(), time: time, looks: LookRecord(awake: { awake.value }))
        let reports = LockedBox<[Watchdog.Report]>([])
        let service = WatchdogService(looks: scheduler.looks, now: { wall.value }) { reports.set(reports.value + [$0]) }
        let loop = Task { try await scheduler.run() }
        await time.waitForSleepers()
        #expect(scheduler.looks.last?.due == Self.start + 60)
        service.check()
        #expect(reports.value.isEmpty)
        awake.set(75)
        wall.set(Self.start + 75)
        service.check()
        service.check()
        #expect(reports.value == [.stalled(due: Self.start + 60)])
        await time.advance(to: Self.start + 75)
        service.check()
        #expect(reports.value.last == .looksAgain(after: 15))
        loop.cancel()
        _ = await loop.result
        #expect(scheduler.looks.last == nil)
    }

    @Test func theConversationTheLogAndTheStatusHearOfIt() async throws {
        try await TemporaryFolder.use { folder in
            let store = InMemoryStore()
            let announced = AsyncStream.makeStream(of: Void.self)
            let registry = MetricsRegistry()
            let file = RotatingLogFile(path: folder.path("a.log"))
            let handler = JSONLogHandler(label: "test", file: file)
            let logger = Logger(label: "test") { _ in handler }
            let troubles = TroubleKeeper(
                note: OwnerNote(path: folder.path("note")), logger: logger, now: { Self.start })
            let reporter = StallReporter(
                store: store, logger: logger, metrics: SchedulerMetrics(factory: registry), troubles: troubles,
                zone: { "Europe/Berlin" }, now: { Self.start }, announce: { announced.continuation.yield() })
            var announcements = announced.stream.makeAsyncIterator()
            let passing = Task { await reporter.run() }
            defer { passing.cancel() }
            reporter.tell(.stalled(due: Self.start))
            await announcements.next()
            #expect(OwnerNote(path: folder.path("note")).read()?.trouble?.text == "The scheduler does not fire.")
            reporter.tell(.looksAgain(after: 41.6))
            await announcements.next()
            #expect(OwnerNote(path: folder.path("note")).read()?.trouble == nil)
            #expect(
                await store.messages(unseenOnly: false, limit: 9).map(\.text) == [
                    "The scheduler should have fired at Mon 2 Mar 10:00 +01:00 and did not.",
                    "The scheduler looked again after 42 s.",
                ])
            file.flush()
            let log = try String(contentsOfFile: file.path, encoding: .utf8)
            #expect(log.contains(#""level":"critical""#) && log.contains(#""after":41.6"#))
            #expect(registry.prometheusText.contains("rota_scheduler_stalls_total 1"))
        }
    }

    @Test func troublesAreOverOneByOne() async throws {
        try await TemporaryFolder.use { folder in
            let note = OwnerNote(path: folder.path("note"))
            let earlier = OwnerNote.Trouble(at: Self.start, text: "another owner's")
            note.write(.init(pid: 1, since: Self.start, trouble: earlier))
            let keeper = TroubleKeeper(
                note: note, logger: Logger(label: "", factory: { _ in SwiftLogNoOpLogHandler() }), now: { Self.start })
            #expect(note.read()?.trouble == nil)
            keeper.storeTrouble(.full(path: "/x"))
            keeper.set("stuck", of: .stall)
            keeper.set(nil, of: .stall)
            #expect(note.read()?.trouble?.text == StoreError.full(path: "/x").message)
            #expect(note.read()?.pid == getpid())
            keeper.storeTrouble(nil)
            #expect(note.read()?.trouble == nil)
        }
    }
}

private struct Nothing: RunExecutor {
    func execute(_ run: Run, of job: Job) async -> RunOutcome { RunOutcome(state: .succeeded) }
}
