import Coordination
import Foundation
import JobModel
import Scheduling

extension Workplace {
    /// Takes the ownership of the store's scheduler, or says who has it.
    func acquireScheduler() async throws -> SchedulerLock {
        let lock = SchedulerLock(path: program.paths.ownerLock)
        guard try isAcquired(lock) else {
            let owner = lock.holder.map { "process \($0.pid)" } ?? "another process"
            throw CommandFailure(
                "The scheduler of this store runs already, in \(owner). "
                    + "\"rota start --standby\" waits and takes over when it ends.")
        }
        try await sqlite?.becomeOwner()
        return lock
    }

    /// Seconds after which an owner that did not begin what is due is looked at.
    private static let standbyPatience: TimeInterval = 2

    /// Waits until the owner is gone, or is stopped although it has something to do.
    func standBy(for lock: SchedulerLock, rung: WakeSignal) async throws {
        let before = lock.board?.holder
        do {
            try await lock.acquire(watching: { await waitForSigns(rung) }, isOverdue: { await isOverdue })
        } catch let error as CoordinationError {
            throw CommandFailure(error.message)
        }
        if let before { await release(from: before) }
        try await sqlite?.becomeOwner()
    }

    /// A ring, or the moment after something should have begun.
    private func waitForSigns(_ rung: WakeSignal) async {
        let due = (try? await store.nextDue()) ?? nil
        let now = program.now()
        let look = due.map { max($0 + Self.standbyPatience, now + Self.standbyPatience) }
        await rung.wait(until: look, on: SystemTimeSource())
    }

    private var isOverdue: Bool {
        get async {
            guard (try? await store.schedulerPause()) ?? nil == nil, let due = (try? await store.nextDue()) ?? nil
            else {
                return false
            }
            return due < program.now() - Self.standbyPatience
        }
    }

    /// An owner that was stopped in the middle of a commit keeps the store locked for everybody: it is ended.
    private func release(from owner: ProcessIdentity) async {
        guard ProcessInspection.isStopped(owner) else { return }
        do {
            try await store.remember(nil, as: "scheduler.probe")
        } catch StoreError.unavailable {
            if ProcessInspection.isStopped(owner) { kill(owner.pid, SIGKILL) }
        } catch {
            return  // whatever it is, the scheduler meets it again and says so
        }
    }

    private func isAcquired(_ lock: SchedulerLock) throws -> Bool {
        do throws(CoordinationError) { return try lock.tryAcquire() } catch { throw CommandFailure(error.message) }
    }
}
