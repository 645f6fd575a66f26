import Coordination
import Foundation
import JobModel

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

    /// Waits until the owner is gone, or is stopped and its lease has run out.
    func acquireSchedulerAsStandby(rings: @escaping @Sendable () async -> Void) async throws -> SchedulerLock {
        let lock = SchedulerLock(path: program.paths.ownerLock)
        let before = lock.board?.holder
        do {
            try await lock.acquire(watching: rings)
        } catch let error as CoordinationError {
            throw CommandFailure(error.message)
        }
        if let before { await release(from: before) }
        try await sqlite?.becomeOwner()
        return lock
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
