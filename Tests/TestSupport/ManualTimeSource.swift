import Foundation
import JobModel
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualTimeSource: TimeSource {
    fileprivate struct Sleeper {
        let id: Int
        let deadline: Date
        let continuation: CheckedContinuation<Void, any Error>
    }

    fileprivate struct Watcher {
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    fileprivate struct State {
        var now: Date
        var lastID = 0
        /// Sleeps that were cancelled before they began to wait.
        var cancelled: Set<Int> = []
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []
    }

    private let state: Mutex<State>

    package init(_ now: Date = Date(timeIntervalSince1970: 1_767_225_600)) {
        state = Mutex(State(now: now))
    }

    package var now: Date { state.withLock { $0.now } }

    /// Moments that tasks sleep until, earliest first.
    package var deadlines: [Date] { state.withLock { $0.sleepers.map(\.deadline).sorted() } }

    /// Sets the clock, forwards or back, and wakes whoever's moment has come, all at once: a clock that was set.
    package func set(_ date: Date) {
        let woken = state.withLock { state in
            state.now = date
            return state.removeSleepers { $0.deadline <= date }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Lets time pass until `target`: sleepers wake in the order of their deadlines, each at its own moment, and run
    /// (sleeping again, if they like) before the next one wakes.
    package func advance(to target: Date) async {
        await settle()
        while let deadline = deadlines.first, deadline <= target {
            set(max(deadline, now))
            await settle()
        }
        set(max(target, now))
        await settle()
    }

    package func advance(by seconds: TimeInterval) async { await advance(to: now + seconds) }

    /// Returns as soon as at least `count` tasks sleep.
    package func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append(Watcher(count: count, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    package func sleep(until deadline: Date) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(Sleeper(id: id, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func enter(_ sleeper: Sleeper) {
        let (result, watchers) = state.withLock { state -> (Result<Void, any Error>?, [Watcher]) in
            if state.cancelled.remove(sleeper.id) != nil { return (.failure(CancellationError()), []) }
            if sleeper.deadline <= state.now { return (.success(()), []) }
            state.sleepers.append(sleeper)
            let served = state.watchers.filter { $0.count <= state.sleepers.count }
            state.watchers.removeAll { $0.count <= state.sleepers.count }
            return (nil, served)
        }
        if let result { sleeper.continuation.resume(with: result) }
        for watcher in watchers { watcher.continuation.resume() }
    }

    private func cancel(_ id: Int) {
        let sleepers = state.withLock { state in
            let sleepers = state.removeSleepers { $0.id == id }
            if sleepers.isEmpty { state.cancelled.insert(id) }
            return sleepers
        }
        for sleeper in sleepers { sleeper.continuation.resume(throwing: CancellationError()) }
    }

    /// Gives every task that was woken the chance to run until it waits again.
    private func settle() async {
        for _ in 0..<100 { await Task.yield() }
    }
}

extension ManualTimeSource.State {
    fileprivate mutating func removeSleepers(where matches: (ManualTimeSource.Sleeper) -> Bool)
        -> [ManualTimeSource.Sleeper]
    {
        let woken = sleepers.filter(matches).sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        sleepers.removeAll(where: matches)
        return woken
    }
}
