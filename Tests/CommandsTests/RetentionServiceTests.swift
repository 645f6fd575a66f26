import Foundation
import JobModel
import Logging
import TestSupport
import Testing

@testable import Commands

/// When old rows go, and that nothing waits for it.
struct RetentionServiceTests {
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)
    private static let now = start + 100 * 86_400

    /// A store with `count` old messages that were seen.
    private func store(_ count: Int) async -> InMemoryStore {
        let store = InMemoryStore()
        for number in 0..<count {
            _ = await store.post(Message(jobID: nil, runID: nil, at: Self.start, text: "\(number)", seen: true))
        }
        return store
    }

    private func service(
        _ store: InMemoryStore, sleep: @escaping @Sendable (TimeInterval) async throws -> Void
    ) -> RetentionService {
        RetentionService(
            store: store, retention: Retention(age: 90 * 86_400, runsPerJob: 10, batch: 10),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), now: { Self.now }, sleep: sleep)
    }

    @Test func goesOnUntilNothingIsLeft() async throws {
        let store = await store(35)
        let pruned = await service(store) { _ in Issue.record("nothing is due") }.prune()
        #expect(pruned == 35)
        #expect(await store.messages(unseenOnly: false, limit: 99).isEmpty)
    }

    @Test func waitsForWhatIsDueButNotForEver() async throws {
        let store = await store(15)
        let job = exampleJob("a", Trigger(.schedule(Schedule(.once([Self.start + 60]), zone: "UTC"))))
        _ = try await store.apply([.create(job)], summary: "", at: Self.start)
        let waits = LockedBox<[TimeInterval]>([])
        let pruned = await service(store) { waits.set(waits.value + [$0]) }.prune()
        #expect(pruned >= 15)
        // Two batches and the one that finds nothing.
        #expect(waits.value == Array(repeating: RetentionService.pause, count: 3 * RetentionService.patience))
    }

    @Test func aMinuteAfterTheStartAndThenOnceADay() async throws {
        let store = await store(5)
        let waits = LockedBox<[TimeInterval]>([])
        let service = service(store) { seconds in
            waits.set(waits.value + [seconds])
            if waits.value.count == 3 { throw CancellationError() }
        }
        await #expect(throws: CancellationError.self) { try await service.run() }
        #expect(waits.value == [60, 86_400, 86_400])
        #expect(await store.messages(unseenOnly: false, limit: 99).isEmpty)
    }
}
