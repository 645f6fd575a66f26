import Foundation
import JobModel
import Testing

extension StoreConformance {
    static let jobs: [StoreConformance] = [
        StoreConformance("a job reads back as apply returned it, to the millisecond") { store in
            var job = exampleJob("Stand up", once(10), every(60), Trigger(.event(EventFilter(name: "a.b.c"))))
            job.createdAt = start + 0.12345
            job.policies.missedWindow = 3600
            let stored = try await store.job(from: .create(job), at: start)
            #expect(
                stored.id > 0 && Set(stored.triggers.map(\.id)).count == 3 && !stored.triggers.contains { $0.id == 0 })
            #expect(stored.createdAt == at(0.123))
            #expect(try await store.job(stored.id) == stored)
            #expect(try await store.jobs() == [stored])
            job.id = stored.id
            job.createdAt = stored.createdAt
            job.triggers = stored.triggers
            #expect(stored == job)
        },
        StoreConformance("names are unique among existing jobs, ignoring case") { store in
            let first = try await store.job(from: .create(exampleJob("Überblick")))
            await expectThrows(.nameTaken("ÜBERBLICK")) { try await store.job(from: .create(exampleJob("ÜBERBLICK"))) }
            var second = try await store.job(from: .create(exampleJob("Other")))
            second.name = "überblick"
            await expectThrows(.nameTaken("überblick")) { [second] in try await store.job(from: .update(second)) }
            _ = try await store.apply([.delete(first.id)], summary: "", at: start)
            #expect(try await store.job(from: .update(second)).name == "überblick")
        },
        StoreConformance("a job may change the case of its own name") { store in
            var job = try await store.job(from: .create(exampleJob("tea")))
            job.name = "Tea"
            #expect(try await store.job(from: .update(job)).name == "Tea")
        },
        StoreConformance("all edits or none") { store in
            let before = try await store.job(from: .create(exampleJob("a")))
            let edits: [Edit] = [
                .create(exampleJob("b")), .set(name: "k", value: "v"), .delete(before.id), .delete(999),
            ]
            await expectThrows(.noSuchJob(999)) { _ = try await store.apply(edits, summary: "", at: start) }
            #expect(try await store.jobs() == [before])
            #expect(try await store.settings().isEmpty)
            #expect(try await store.changes(limit: 9).count == 1)
        },
        StoreConformance("a job that is gone cannot be edited, and ids are not used again") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(5))))
            _ = try await store.apply([.delete(job.id)], summary: "", at: start)
            #expect(try await store.job(job.id) == nil)
            #expect(try await store.jobs().isEmpty)
            #expect(try await store.armed(limit: 9).isEmpty)
            await expectThrows(.noSuchJob(job.id)) { try await store.job(from: .update(job)) }
            #expect(try await store.job(from: .create(exampleJob("a"))).id > job.id)
        },
        StoreConformance("active jobs are armed strictly after the moment, earliest first") { store in
            let a = try await store.job(from: .create(exampleJob("a", once(10, 20))), at: at(10))
            let b = try await store.job(from: .create(exampleJob("b", every(7), Trigger(.manual))), at: at(7))
            let armed = try await store.armed(limit: 9)
            #expect(armed.map(\.due) == [at(14), at(20)])
            #expect(armed.map(\.job) == [b, a])
            #expect(armed.map(\.triggerID) == [b.triggers[0].id, a.triggers[0].id])
            #expect(try await store.armed(limit: 1).map(\.due) == [at(14)])
        },
        StoreConformance("drafts, paused and finished jobs are not armed") { store in
            for (name, status) in [("a", Job.Status.draft), ("b", .paused), ("c", .finished)] {
                try await store.job(from: .create(exampleJob(name, once(10), status: status)))
            }
            #expect(try await store.armed(limit: 9).isEmpty)
        },
        StoreConformance("an update keeps the ids of unchanged triggers, and gives changed ones new ids") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10), every(60))))
            var edited = job
            edited.name = "b"
            edited.triggers = [Trigger(job.triggers[1].kind), Trigger(id: job.triggers[0].id, once(30).kind)]
            let stored = try await store.job(from: .update(edited))
            #expect(stored.triggers[0].id == job.triggers[1].id)
            #expect(!job.triggers.map(\.id).contains(stored.triggers[1].id))
            #expect(try await store.due(stored) == [at(30), at(60)])
        },
        StoreConformance("an edit does not lose a moment that is overdue and unclaimed") { store in
            var job = try await store.job(from: .create(exampleJob("a", once(10))))
            job.name = "b"
            try await store.job(from: .update(job), at: at(15))
            #expect(try await store.due(job) == [at(10)])
            job.status = .paused
            try await store.job(from: .update(job), at: at(16))
            #expect(try await store.due(job) == [])
        },
        StoreConformance("an amended trigger keeps its id, is armed anew, and is no change") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10), every(60), every(90))))
            let amended = [
                Trigger(id: job.triggers[1].id, every(45).kind), Trigger(id: job.triggers[0].id, once(10, 50).kind),
                Trigger(id: 999, once(1).kind),
            ]
            try await store.amend(amended, of: job.id, at: at(15))
            // The first is overdue and stays; the second comes sooner; the third is as it was.
            #expect(try await store.due(job) == [at(10), at(45), at(90)])
            let stored = try #require(await store.job(job.id))
            #expect(stored.triggers == [amended[1], amended[0], job.triggers[2]])
            #expect(try await store.changes(limit: 9).count == 1)
        },
        StoreConformance("an amended trigger of a job that is not armed stays so") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10), status: .paused)))
            try await store.amend([Trigger(id: job.triggers[0].id, once(20).kind)], of: job.id, at: start)
            #expect(try await store.armed(limit: 9).isEmpty)
            #expect(try await store.job(job.id)?.schedules == [Schedule(.once([at(20)]), zone: "UTC")])
        },
        StoreConformance("pausing keeps the moment of resuming, being active has none") { store in
            var job = try await store.job(from: .create(exampleJob("a", every(60))))
            (job.status, job.pausedUntil) = (.paused, start + 100.0004)
            let paused = try await store.job(from: .update(job))
            #expect(paused.pausedUntil == at(100))
            (job.status, job.pausedUntil) = (.active, at(100))
            #expect(try await store.job(from: .update(job)).pausedUntil == nil)
        },
        StoreConformance("small facts are remembered apart from settings") { store in
            _ = try await store.apply([.set(name: "zone", value: "UTC")], summary: "", at: start)
            try await store.remember("7", as: "it")
            try await store.remember("8", as: "it")
            #expect(try await store.remembered("it") == "8")
            #expect(try await store.settings() == ["zone": "UTC"])
            #expect(try await store.remembered("zone") == nil)
            try await store.remember(nil, as: "it")
            #expect(try await store.remembered("it") == nil)
            #expect(try await store.changes(limit: 9).count == 1)
        },
    ]
}
