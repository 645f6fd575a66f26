import Foundation
import JobModel
import TestSupport
import Testing

@testable import Coordination

@Suite struct OwnerLeaseTests {
    private static let other = ProcessIdentity(pid: 4, startTime: 7)

    @Test(arguments: [
        OwnerBoard(holder: other), OwnerBoard(holder: other, isLive: true, renewals: 12),
    ])
    func aBoardReadsBack(_ board: OwnerBoard) { #expect(OwnerBoard(text: board.text) == board) }

    @Test(arguments: ["", "x", "1", "1 2 3\n", "a b\n"])
    func whatIsNoBoardIsNone(_ text: String) { #expect(OwnerBoard(text: text) == nil) }

    @Test func aLeaseShowsThatRunsAreLive() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let lock = SchedulerLock(path: folder.path("scheduler.lock"))
            #expect(try lock.tryAcquire())
            let lease = OwnerLease(lock) {}
            lease.setLive(true)
            let live = try #require(lock.board)
            #expect(live.isLive && live.holder == ProcessInspection.current)
            lease.setLive(false)
            let idle = try #require(lock.board)
            #expect(!idle.isLive && idle.renewals > live.renewals)
        }
    }

    @Test func whoTakesOverHasTheLockAndTheOwnerHearsOfIt() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("scheduler.lock")
            let owner = SchedulerLock(path: path)
            let standby = SchedulerLock(path: path)
            #expect(try owner.tryAcquire())
            let (losses, heard) = AsyncStream.makeStream(of: Void.self)
            let lease = OwnerLease(owner) { heard.yield() }
            let board = try #require(owner.board)
            #expect(try standby.takeOver(from: board))
            #expect(standby.isHeld && standby.isNamedLock && !owner.isNamedLock)
            #expect(!owner.post(board))
            lease.setLive(true)
            for await _ in losses { break }
            owner.release()
            #expect(try !SchedulerLock(path: path).tryAcquire())
        }
    }

    @Test func nobodyTakesOverFromABoardThatHasChanged() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("scheduler.lock")
            let owner = SchedulerLock(path: path)
            #expect(try owner.tryAcquire())
            let board = try #require(owner.board)
            OwnerLease(owner) {}.setLive(true)
            #expect(try !SchedulerLock(path: path).takeOver(from: board))
            #expect(owner.isNamedLock)
        }
    }
}
