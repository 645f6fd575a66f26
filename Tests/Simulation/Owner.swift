import Foundation
import JobModel
import Scheduling

/// One life of the scheduler, from taking charge to its death. Touched on the one thread only.
final class Owner: @unchecked Sendable {
    enum Phase { case takingCharge, inCharge, superseded, stopping, gone }

    let number: Int
    var scheduler: Scheduler!
    var phase = Phase.takingCharge
    /// Every call of the store is refused and everything that waits comes back at once, so that nothing of it is left.
    var isDead = false
    /// Stopped by the system for a while: nothing reaches it.
    var isStalled = false
    /// Calls of the store until the next fault.
    var callsUntilFault = Int.max
    var diesAfterCall = false
    /// Until when the disk is full, by the monotonic clock.
    var troubleUntil = 0.0
    var failedLooks = 0
    var waitsAfterCall = false
    var stallsAfterCall = false
    /// A look of it is under way and waits in the middle.
    var isLooking = false
    /// It has a reason to look again at this moment.
    var isWoken = false
    var lookedAtStep = 0
    /// Scripts whose end it has not heard of.
    var untold: [RunID: Script] = [:]
    var performing: [RunID: (run: Run, task: Task<Void, Never>)] = [:]
    var look: Result<Look, any Error>?
    var tookCharge: Result<Void, any Error>?
    /// When it looks next: by the wall clock, and by the monotonic one at the latest.
    var lookDate: Date?
    var lookLatest = Double.infinity

    /// What a look came to: runs to perform or, without any, when to look again.
    struct Look: Sendable {
        var at: Date
        var runs: [Run]
        var next: Date?
    }

    init(number: Int) { self.number = number }
}
