import Foundation
import JobModel
import Storage
import TestSupport
import Testing

@Suite struct EventFeedTests {
    private static let count = 10_000

    private static func emit(_ numbers: Range<Int>, into store: any JobStore) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<100 {
                group.addTask {
                    for number in numbers where number % 100 == writer {
                        let event = Event(name: "load.\(number % 2)", at: start, data: ["n": .number(Double(number))])
                        _ = try await store.emit(event)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func write(into store: any JobStore, ringing broadcast: WakeBroadcast) async throws {
        for part in 0..<10 {
            try await emit(part * count / 10..<(part + 1) * count / 10, into: store)
            broadcast.ring()
        }
    }

    /// Every listener is slower than the writers: it takes one event at a time, and may leave and come back.
    private static func check(_ store: any JobStore) async throws {
        let broadcast = WakeBroadcast()
        let wakes = broadcast.listen()
        async let writing: Void = write(into: store, ringing: broadcast)
        var seen: [EventID] = []
        var numbers: Set<Double> = []
        for try await event in EventFeed(store, after: 0, wakes: wakes) {
            seen.append(event.id)
            if let number = event.data["n"]?.number { numbers.insert(number) }
            if seen.count == count / 2 { break }
        }
        // Away for a while, and back with the number it got to.
        for try await event in EventFeed(store, after: seen.last ?? 0, wakes: broadcast.listen()) {
            seen.append(event.id)
            if let number = event.data["n"]?.number { numbers.insert(number) }
            if seen.count == count { break }
        }
        try await writing
        #expect(seen == (1...count).map(EventID.init))
        #expect(numbers.count == count)
    }

    @Test func losesNothingInMemory() async throws { try await Self.check(InMemoryStore()) }

    @Test func losesNothingOnSQLite() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            try await Self.check(store)
            try store.close()
        }
    }

    @Test func goesOnAfterARestart() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            var position: EventID = 0
            for part in 0..<3 {
                let store = try await SQLiteStore.open(at: folder.path("rota.db"))
                try await Self.emit(part * 300..<(part + 1) * 300, into: store)
                var read = 0
                for try await event in EventFeed(store, after: position, wakes: WakeBroadcast().listen()) {
                    #expect(event.id == position + 1)
                    position = event.id
                    read += 1
                    if read == 250 { break }
                }
                try store.close()
            }
            #expect(position == 750)
        }
    }

    @Test func waitsForARingAndEndsWithTheBell() async throws {
        let store = InMemoryStore()
        let broadcast = WakeBroadcast()
        let feed = EventFeed(store, after: 0, pattern: EventPattern("run.*"), wakes: broadcast.listen())
        var events = feed.makeAsyncIterator()
        for name in ["run.failed", "job.created", "run.started"] { _ = await store.emit(Event(name: name, at: start)) }
        #expect(try await events.next()?.name == "run.failed")
        #expect(try await events.next()?.name == "run.started")
        _ = await store.emit(Event(name: "job.deleted", at: start))
        _ = await store.emit(Event(name: "run.skipped", at: start))
        broadcast.ring()
        #expect(try await events.next()?.id == 5)
        broadcast.finish()
        #expect(try await events.next() == nil)
        #expect(try await EventFeed(store, after: 5, wakes: broadcast.listen()).first { _ in true } == nil)
    }
}
