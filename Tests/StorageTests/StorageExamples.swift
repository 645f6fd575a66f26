import Foundation
import JobModel
import Storage
import TestSupport

let start = Date(timeIntervalSince1970: 1_767_225_600)

func everyMinute() -> Trigger {
    Trigger(.schedule(Schedule(.interval(seconds: 60, anchor: start), zone: "UTC")))
}

extension SQLiteStore {
    /// Stores a job that is due each minute; returns it with its ids.
    @discardableResult
    func create(_ name: String) async throws -> Job? {
        try await apply([.create(exampleJob(name, everyMinute()))], summary: name, at: start).items.first?.after
    }
}

extension TemporaryFolder {
    /// A closed store that holds one job.
    func store(_ name: String = "rota.db") async throws -> String {
        let store = try await SQLiteStore.open(at: path(name))
        try await store.create("a")
        try store.close()
        return path(name)
    }
}
