import Foundation
import JobModel
import Settings
import TestSupport
import Testing

@testable import Commands

/// `rota status`, `rota metrics` and `rota doctor --compact` in a folder of their own.
struct StatusCommandTests {
    private func run(_ arguments: [String], home: String) async -> Bench.Ending {
        let (answers, notes) = (LockedBox<[String]>([]), LockedBox<[String]>([]))
        let program = Program(
            paths: ProgramPaths(environment: ["ROTA_HOME": home], userID: getuid()), environment: ["TZ": "UTC"],
            output: Output(
                answer: { answers.set(answers.value + [$0]) }, note: { notes.set(notes.value + [$0]) }),
            now: { Date() }, stage: nil)
        let exit = await Program.$current.withValue(program) { await Entry.run(arguments) }
        return Bench.Ending(answers: answers.value, notes: notes.value, exit: exit)
    }

    @Test func anEmptyStoreHasAStatus() async throws {
        try await TemporaryFolder.use { folder in
            let ending = await run(["status", "--json"], home: folder.path)
            #expect(ending.exit == 0)
            let row = try #require(ending.documents.first)
            #expect(row["type"] == "status" && row["v"] == 1 && row["state"] == "stopped")
            #expect(row["running"] == 0 && row["waiting"] == 0 && row["overdue"] == .array([]))
            #expect((row["store"]?["bytes"]?.number ?? 0) > 0)
        }
    }

    @Test func aStoreThatCannotBeReadHasOneToo() async throws {
        try await TemporaryFolder.use { folder in
            try Data(repeating: 0x55, count: 8192).write(to: URL(fileURLWithPath: folder.path("rota.db")))
            let text = await run(["status"], home: folder.path)
            #expect(text.exit == 1)
            #expect(text.answers.contains { $0.hasPrefix("The store cannot be read: ") }, "\(text.answers)")
            let row = try #require(await run(["status", "--json"], home: folder.path).documents.first)
            #expect(row["state"] == "error" && row["error"]?.string?.isEmpty == false)
            #expect(row["store"]?["bytes"] == 8192)
        }
    }

    @Test func metricsSayWhatToDoWhereThereAreNone() async throws {
        try await TemporaryFolder.use { folder in
            let none = await run(["metrics"], home: folder.path)
            #expect(none.exit == 1 && none.answers.isEmpty && none.notes.first?.contains("rota start") == true)
            try "# TYPE x counter\nx 1\n".write(
                toFile: folder.path("metrics.prom"), atomically: true, encoding: .utf8)
            let some = await run(["metrics"], home: folder.path)
            #expect(some.exit == 0 && some.answers == ["# TYPE x counter\nx 1"])
            #expect(some.notes.first?.hasSuffix("no scheduler is running now.") == true)
        }
    }

    @Test func compactingSaysWhatItFreed() async throws {
        try await TemporaryFolder.use { folder in
            let ending = await run(["doctor", "--compact"], home: folder.path)
            #expect(ending.exit == 0)
            #expect(ending.answers.first?.hasSuffix(" freed.") == true, "\(ending.answers)")
        }
    }
}
