import Foundation
import JobModel
import Testing

extension StoreConformance {
    /// Runs that events cause.
    static let reactions: [StoreConformance] = [
        StoreConformance("an event starts each job that waits for it, once for a trigger") { store in
            let job = try await store.job(from: .create(exampleJob("a", try on("stock.low"))))
            try await store.job(from: .create(exampleJob("b", try on("stock.high"))))
            try await store.job(from: .create(exampleJob("c", try on("stock.low"), status: .paused)))
            try await store.job(from: .create(exampleJob("d", try on("stock.low"), status: .draft)))
            let emitted = try await store.emit(Event(name: "stock.low", at: at(5), data: ["sku": "A1"]))
            let run = try #require(emitted.runs.first)
            #expect(emitted.runs.count == 1)
            #expect(
                run
                    == Run(
                        id: run.id, jobID: job.id, triggerID: job.triggers[0].id, cause: .event, due: at(5),
                        event: ["sku": "A1"], depth: 1, eventID: emitted.event.id))
            #expect(try await store.runs(RunQuery()) == [run])
            await #expect(throws: StoreError.self) { _ = try await store.enqueue(run) }
            #expect(try await store.emit(Event(name: "stock.low", at: at(5))).runs.count == 1)
        },
        StoreConformance("a filter on data is kept, and honoured") { store in
            let job = try await store.job(from: .create(exampleJob("a", try on("shop.order", "total > 500"))))
            #expect(try await store.job(job.id) == job)
            for (total, runs) in [(JSONValue.number(500), 0), (501, 1), ("900", 1), ("much", 0), (nil, 0)] {
                let emitted = try await store.emit(Event(name: "shop.order", at: start, data: ["total": total]))
                #expect(emitted.runs.count == runs, "total \(total.compactText)")
            }
        },
        StoreConformance("what a job waits for may change; the trigger before no longer starts it") { store in
            var job = try await store.job(from: .create(exampleJob("a", try on("a.b"))))
            job.triggers = [try on("c.d")]
            try await store.job(from: .update(job))
            #expect(try await store.emit(Event(name: "a.b", at: start)).runs.isEmpty)
            #expect(try await store.emit(Event(name: "c.d", at: start)).runs.count == 1)
            _ = try await store.apply([.delete(job.id)], summary: "", at: start)
            #expect(try await store.emit(Event(name: "c.d", at: start)).runs.isEmpty)
        },
        StoreConformance("another job's outcome starts a job, under whatever name that is now") { store in
            var backup = try await store.job(from: .create(exampleJob("Backup", every(60))))
            let watch = try await store.job(
                from: .create(exampleJob("w", try on("run.failed", job: "Backup", jobID: backup.id))))
            let byName = try await store.job(from: .create(exampleJob("n", try on("run.failed", job: "BACKUP"))))
            try await store.ended(backup, .failed)
            try await store.ended(backup, .succeeded)
            let jobs = [watch.id, byName.id]
            func caused() async throws -> [Int] {
                let runs = try await store.runs(RunQuery())
                return jobs.map { job in runs.count { $0.jobID == job } }
            }
            #expect(try await caused() == [1, 1])
            backup.name = "Nightly"
            try await store.job(from: .update(backup))
            try await store.ended(backup, .failed)
            #expect(try await caused() == [2, 1])
        },
        StoreConformance("a job that is deleted while it runs is still told of") { store in
            let backup = try await store.job(from: .create(exampleJob("Backup", every(60))))
            let watch = try await store.job(from: .create(exampleJob("w", try on("run.failed", jobID: backup.id))))
            let run = try await store.begun(backup)
            _ = try await store.apply([.delete(backup.id)], summary: "", at: start)
            let outcome = RunOutcome(state: .failed, reason: "gone")
            #expect(try await store.finish(run: run.id, token: "t", outcome: outcome, at: at(9)))
            #expect(try await store.runs(RunQuery(job: watch.id)).count == 1)
        },
        StoreConformance("a chain of triggers is stopped, which is told once while nobody has seen it") { store in
            let ping = try await store.job(from: .create(exampleJob("Ping")))
            let pong = try await store.job(from: .create(exampleJob("Pong", try on("run.succeeded", jobID: ping.id))))
            try await store.ended(ping, .succeeded, depth: Event.depthLimit - 1)
            #expect(try await store.runs(RunQuery(job: pong.id)).map(\.depth) == [Event.depthLimit])
            #expect(try await store.messages(unseenOnly: false, limit: 9).isEmpty)
            for _ in 0..<2 { try await store.ended(ping, .succeeded, depth: Event.depthLimit) }
            #expect(try await store.runs(RunQuery(job: pong.id)).count == 1)
            let told = try await store.messages(unseenOnly: false, limit: 9)
            #expect(told.count == 1 && told.first?.jobID == pong.id)
            #expect(told.first?.text.hasPrefix("Chain of triggers stopped at run.succeeded of \"Ping\"") == true)
            let stops = try await store.events(after: 0, limit: 99).filter { $0.name == "chain.stopped" }
            #expect(stops.count == 2 && stops.first?.data["stopped"] == ["Pong"])
            try await store.markSeen(told.map(\.id))
            try await store.ended(ping, .succeeded, depth: Event.depthLimit)
            #expect(try await store.messages(unseenOnly: false, limit: 9).count == 2)
        },
        StoreConformance("a job that waits for the end of chains makes no other chain") { store in
            try await store.job(from: .create(exampleJob("w", try on("chain.stopped"))))
            let ping = try await store.job(from: .create(exampleJob("Ping", try on("run.succeeded"))))
            try await store.ended(ping, .succeeded, depth: Event.depthLimit)
            #expect(try await store.told().filter { $0 == "chain.stopped" }.count == 1)
            #expect(try await store.runs(RunQuery()).count == 1)
        },
    ]
}
