import Foundation
import GRDB
import JobModel
import TestSupport
import Testing

@testable import Storage

@Suite struct SchemaTests {
    /// A released migration is not edited: add one, and then its tables here.
    @Test func isAsReleased() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            let schema = try await store.read { db in
                try String.fetchAll(
                    db,
                    sql: """
                        SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
                        ORDER BY type, name
                        """)
            }
            #expect(schema.joined(separator: "\n") == SchemaSnapshot.version5)
            #expect(StoreSchema.migrations.count == 5)
            let id = try await store.read { try Int.fetchOne($0, sql: "PRAGMA application_id") }
            #expect(id == 0x524F_5441)
        }
    }

    @Test(arguments: [
        "UPDATE job SET status = 'tired'",
        "UPDATE job SET name = ''",
        "UPDATE job SET steps = '{'",
        "UPDATE job SET paused_until = 5",
        "INSERT INTO job_trigger (job_id, position, kind, definition) VALUES (99, 0, 'manual', '{}')",
        "UPDATE job_trigger SET removed = 1",
        "UPDATE run SET state = 'running'",
        "UPDATE run SET reason = 'changed later'",
        "UPDATE run SET due = 'soon'",
        "INSERT INTO run (job_id, trigger_id, cause, due, state, late, attempt, token, depth) "
            + "SELECT job_id, trigger_id, cause, due, 'due', 0, 0, '', 0 FROM run",
        "INSERT INTO message (job_id, at, text, seen) VALUES (99, 0, '', 0)",
        "INSERT INTO message (at, text, seen) VALUES (0, NULL, 0)",
        "DELETE FROM job",
    ])
    func refuses(_ statement: String) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            let job = try #require(await store.create("a"))
            let skip = OccurrenceClaim(
                jobID: job.id, triggerID: job.triggers[0].id, due: start + 60, disposition: .skip(reason: "r"),
                nextDue: start + 120)
            _ = try await store.claim([skip], at: start)
            await #expect(throws: StoreError.self) { try await store.write { try $0.execute(sql: statement) } }
            #expect(try await store.runs(RunQuery()).first?.reason == "r")
        }
    }
}
