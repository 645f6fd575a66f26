import Foundation
import TestSupport
import Testing

@testable import Coordination

@Suite struct SchedulerLockTests {
    @Test func oneHolderAtATime() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("state/scheduler.lock")
            let first = SchedulerLock(path: path)
            let second = SchedulerLock(path: path)
            #expect(first.holder == nil)
            #expect(try first.tryAcquire())
            #expect(try first.tryAcquire())
            #expect(try !second.tryAcquire())
            #expect(second.holder == ProcessInspection.current)
            first.release()
            #expect(second.holder == nil && !first.isHeld)
            #expect(try second.tryAcquire())
            #expect(try !first.tryAcquire())
        }
    }

    @Test func theLockGoesWithItsValue() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("scheduler.lock")
            do {
                let lock = SchedulerLock(path: path)
                #expect(try lock.tryAcquire())
            }
            #expect(try SchedulerLock(path: path).tryAcquire())
        }
    }

    @Test func aStandbyTakesOver() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("scheduler.lock")
            let owner = SchedulerLock(path: path)
            #expect(try owner.tryAcquire())
            let standby = SchedulerLock(path: path)
            async let acquired: Void = standby.acquire()
            #expect(!standby.isHeld)
            owner.release()
            try await acquired
            #expect(standby.isHeld)
            #expect(try !owner.tryAcquire())
            try await standby.acquire()
        }
    }

    @Test func aCancelledStandbyEndsAndNeverHolds() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("scheduler.lock")
            let owner = SchedulerLock(path: path)
            #expect(try owner.tryAcquire())
            let standby = SchedulerLock(path: path)
            let waiting = Task { try await standby.acquire() }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            owner.release()
            // The thread left behind may have the file for a moment, and lets go of it.
            try await owner.acquire()
            #expect(owner.isHeld && !standby.isHeld)
        }
    }

    @Test func aRemovedFileIsNoLock() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("scheduler.lock")
            let owner = SchedulerLock(path: path)
            #expect(try owner.tryAcquire())
            owner.release()
            unlink(path)
            #expect(try owner.tryAcquire())
            #expect(try !SchedulerLock(path: path).tryAcquire())
        }
    }

    @Test func theKernelFreesTheLockOfAKilledProcess() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("scheduler.lock")
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let lock = SchedulerLock(path: path)
                let isAcquired = try lock.tryAcquire()
                try #require(isAcquired)
                kill(getpid(), SIGKILL)
            }
            let lock = SchedulerLock(path: path)
            #expect(lock.board?.holder != nil && lock.holder == nil)
            #expect(try lock.tryAcquire())
        }
    }

    @Test func saysWhyItCannotLock() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            try Data().write(to: URL(fileURLWithPath: folder.path("file")))
            let lock = SchedulerLock(path: folder.path("file/scheduler.lock"))
            #expect(throws: CoordinationError.self) { try lock.tryAcquire() }
            await #expect(throws: CoordinationError.self) { try await lock.acquire() }
        }
    }
}
