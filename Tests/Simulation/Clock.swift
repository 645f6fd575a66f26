import Foundation
import JobModel
import Synchronization

/// A wall clock that can be set, and a monotonic one that cannot. Moved by the world alone.
final class Clock: Sendable {
    private let state: Mutex<(monotonic: Double, offset: Double)>

    init(_ start: Date) { state = Mutex((0, start.timeIntervalSince1970)) }

    /// Seconds since the simulation began.
    var monotonic: Double { state.withLock { $0.monotonic } }

    var now: Date { state.withLock { Date(timeIntervalSince1970: $0.monotonic + $0.offset) } }

    /// Time passes.
    func advance(to monotonic: Double) { state.withLock { $0.monotonic = max($0.monotonic, monotonic) } }

    /// The wall clock is set.
    func jump(_ seconds: Double) { state.withLock { $0.offset += seconds } }

    /// By the monotonic clock, as long as nobody sets the other one.
    func monotonic(of date: Date) -> Double {
        state.withLock { max($0.monotonic, date.timeIntervalSince1970 - $0.offset) }
    }
}

/// The time of one scheduler: its sleeps end when the world says so.
struct OwnerTime: TimeSource {
    let world: World
    let owner: Owner

    var now: Date { world.clock.now }

    func sleep(until deadline: Date) async throws {
        preconditionFailure("the driver looks in the place of the loop, and nothing else waits for the wall clock")
    }

    func sleep(for seconds: TimeInterval) async throws {
        guard !owner.isDead else { return }
        await withCheckedContinuation { world.sleep(owner, for: seconds, $0) }
    }
}
