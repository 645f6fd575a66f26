import Foundation
import JobModel
import Storage
import TestSupport
import Testing

/// What only a store in a file promises about its owner.
@Suite struct OwnershipTests {
    private let owner = OwnerIdentity(process: ProcessIdentity(pid: 7, startTime: .max), machine: "m")

    @Test func aCopyIsRefusedUntilItIsAdopted() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let original = try await SQLiteStore.open(at: folder.path("rota.db"))
            #expect(try await original.takeOwnership(owner, adopting: false, at: start).epoch == 1)
            try original.close()
            try FileManager.default.copyItem(atPath: folder.path("rota.db"), toPath: folder.path("copy.db"))
            let copy = try await SQLiteStore.open(at: folder.path("copy.db"))
            await #expect(throws: StoreError.copied(path: folder.path("copy.db"))) {
                _ = try await copy.takeOwnership(owner, adopting: false, at: start)
            }
            #expect(try await copy.takeOwnership(owner, adopting: true, at: start).epoch == 2)
            #expect(try await copy.takeOwnership(owner, adopting: false, at: start).epoch == 3)
            try copy.close()
        }
    }

    @Test func aFileOfAnotherMachineIsACopy() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            _ = try await store.takeOwnership(owner, adopting: false, at: start)
            let elsewhere = OwnerIdentity(process: owner.process, machine: "n")
            await #expect(throws: StoreError.copied(path: folder.path("rota.db"))) {
                _ = try await store.takeOwnership(elsewhere, adopting: false, at: start)
            }
            // A machine without a name is not known to be another.
            let nameless = OwnerIdentity(process: owner.process, machine: "")
            #expect(try await store.takeOwnership(nameless, adopting: false, at: start).epoch == 2)
            try store.close()
        }
    }

    @Test func theEpochOutlivesTheProcess() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            for epoch in 1...3 as ClosedRange<Epoch> {
                let store = try await SQLiteStore.open(at: folder.path("rota.db"))
                #expect(try await store.takeOwnership(owner, adopting: false, at: start + Double(epoch)).epoch == epoch)
                try store.close()
            }
        }
    }
}
