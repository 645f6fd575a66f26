import Foundation
import Synchronization

/// The events after a number, each once and in order, as they come: ends when the wakes end or the task is cancelled.
///
/// It reads by number from the store and only waits where there is nothing more, so that a listener which is slow, or
/// which was away and comes back with the number it got to, misses nothing but what retention has deleted.
package struct EventFeed: AsyncSequence, Sendable {
    package typealias Element = Event
    package typealias Failure = any Error

    /// Events that one reading of the store brings.
    static let batch = 200

    private let store: any JobStore
    private let start: EventID
    private let pattern: EventPattern?
    private let wakes: AsyncStream<Void>

    /// - Parameters:
    ///   - start: the number of the last event that the listener has had; 0 for none.
    ///   - wakes: an element whenever the store may hold something new; for this feed alone (`WakeBroadcast`).
    package init(_ store: any JobStore, after start: EventID, pattern: EventPattern? = nil, wakes: AsyncStream<Void>) {
        self.store = store
        self.start = start
        self.pattern = pattern
        self.wakes = wakes
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(store: store, pattern: pattern, position: start, wakes: wakes.makeAsyncIterator())
    }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let store: any JobStore
        fileprivate let pattern: EventPattern?
        /// The last event that was read from the store, whether it fitted the pattern or not.
        fileprivate var position: EventID
        fileprivate var wakes: AsyncStream<Void>.Iterator
        private var read: ArraySlice<Event> = []

        fileprivate init(
            store: any JobStore, pattern: EventPattern?, position: EventID, wakes: AsyncStream<Void>.Iterator
        ) {
            self.store = store
            self.pattern = pattern
            self.position = position
            self.wakes = wakes
        }

        package mutating func next() async throws -> Event? {
            while !Task.isCancelled {
                while let event = read.popFirst() {
                    if pattern?.matches(event.name) ?? true { return event }
                }
                read = try await store.events(after: position, limit: EventFeed.batch)[...]
                if let last = read.last {
                    position = last.id
                } else if await wakes.next() == nil {
                    return nil
                }
            }
            return nil
        }
    }
}

/// Passes each wake on to every listener. A wake while a listener is busy is kept for it, as one.
package final class WakeBroadcast: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastID = 0
        var isOver = false
    }

    private let state = Mutex(State())

    package init() {}

    /// A stream of its own for one listener; it is forgotten when its reader ends.
    package func listen() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state -> Int? in
            guard !state.isOver else { return nil }
            state.lastID += 1
            state.listeners[state.lastID] = continuation
            return state.lastID
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.listeners[id] = nil }
        }
        return stream
    }

    package func ring() {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
    }

    /// Every listener ends.
    package func finish() {
        let listeners = state.withLock { state in
            state.isOver = true
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
