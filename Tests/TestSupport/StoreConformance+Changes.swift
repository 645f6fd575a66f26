import Foundation
import JobModel
import Testing

extension StoreConformance {
    static let changes: [StoreConformance] = [
        StoreConformance("changes are kept with before and after, latest first") { store in
            let job = try await store.job(from: .create(exampleJob("a")))
            var edited = job
            edited.name = "b"
            let edits: [Edit] = [.update(edited), .set(name: "k", value: "v")]
            let change = try await store.apply(edits, summary: "rename", at: at(1.5))
            let items = [
                Change.Item(before: job, after: edited), Change.Item(setting: "k", valueBefore: nil, valueAfter: "v"),
            ]
            #expect(change == Change(id: change.id, at: at(1.5), summary: "rename", items: items))
            #expect(try await store.changes(limit: 1) == [change])
            #expect(try await store.changes(limit: 9).map(\.summary) == ["rename", "test"])
        },
        StoreConformance("undo and redo of a creation") { store in
            let change = try await store.apply([.create(exampleJob("a", once(10)))], summary: "", at: start)
            let job = try #require(change.items.first?.after)
            try await store.revert(change, forward: false, at: at(1))
            #expect(try await store.jobs().isEmpty)
            #expect(try await store.changes(limit: 1).first?.undone == true)
            try await store.revert(change, forward: true, at: at(2))
            #expect(try await store.jobs() == [job])
            #expect(try await store.due(job) == [at(10)])
            #expect(try await store.changes(limit: 1).first?.undone == false)
        },
        StoreConformance("undo of a deletion restores the ids, and does not arm what passed meanwhile") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10), every(60))))
            let change = try await store.apply([.delete(job.id)], summary: "", at: at(1))
            try await store.revert(change, forward: false, at: at(61))
            #expect(try await store.job(job.id) == job)
            #expect(try await store.due(job) == [at(120)])
        },
        StoreConformance("undo of an update restores triggers with their ids") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10), every(60))))
            var edited = job
            edited.triggers = [once(99)]
            let change = try await store.apply([.update(edited)], summary: "", at: at(1))
            try await store.revert(change, forward: false, at: at(2))
            #expect(try await store.job(job.id) == job)
            try await store.revert(change, forward: true, at: at(3))
            #expect(try await store.job(job.id) == change.items[0].after)
        },
        StoreConformance("undo puts settings back, last item first") { store in
            _ = try await store.apply([.set(name: "a", value: "1")], summary: "", at: start)
            let edits: [Edit] = [
                .set(name: "a", value: "2"), .set(name: "a", value: "3"), .set(name: "b", value: "x"),
            ]
            let change = try await store.apply(edits, summary: "", at: start)
            try await store.revert(change, forward: false, at: start)
            #expect(try await store.settings() == ["a": "1"])
            try await store.revert(change, forward: true, at: start)
            #expect(try await store.settings() == ["a": "3", "b": "x"])
            _ = try await store.apply([.set(name: "a", value: nil)], summary: "", at: start)
            #expect(try await store.settings() == ["b": "x"])
        },
        StoreConformance("a change is taken back once") { store in
            let change = try await store.apply([.set(name: "a", value: "1")], summary: "", at: start)
            try await store.revert(change, forward: false, at: start)
            _ = try await store.apply([.set(name: "a", value: "2")], summary: "", at: start)
            try await store.revert(change, forward: false, at: start)
            #expect(try await store.settings() == ["a": "2"])
        },
        StoreConformance("undo fails whole when a name was taken or the job is gone") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            var edited = job
            edited.name = "b"
            let rename = try await store.apply([.set(name: "k", value: "v"), .update(edited)], summary: "", at: start)
            let other = try await store.job(from: .create(exampleJob("A")))
            await expectThrows(.nameTaken("a")) { try await store.revert(rename, forward: false, at: start) }
            #expect(try await store.settings() == ["k": "v"])
            #expect(try await store.changes(limit: 9).allSatisfy { !$0.undone })
            _ = try await store.apply([.delete(other.id), .delete(job.id)], summary: "", at: start)
            await expectThrows(.noSuchJob(job.id)) { try await store.revert(rename, forward: false, at: start) }
        },
        StoreConformance("undo does not fire an occurrence again") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10, 100))))
            let run = try await store.claimNext(of: job)
            #expect(try await store.begin(run: run.id, token: "t", at: at(10)))
            #expect(try await store.finish(run: run.id, token: "t", outcome: RunOutcome(state: .succeeded), at: at(10)))
            let change = try await store.apply([.delete(job.id)], summary: "", at: at(11))
            // The clock went back: the moment is to come once more, and is armed, but makes no second run.
            try await store.revert(change, forward: false, at: at(5))
            let armed = try #require(await store.armed(limit: 1).first)
            let claim = OccurrenceClaim(armed, .run(late: false, reason: nil, token: "u"))
            #expect(try await store.claim([claim], at: at(10)) == [])
            #expect(try await store.due(job) == [at(100)])
            #expect(try await store.runs(RunQuery()).map(\.id) == [run.id])
        },
    ]

    static let approvals: [StoreConformance] = [
        StoreConformance("an approved draft becomes active and armed") { store in
            let edits: [Edit] = [
                .create(exampleJob("a", once(10))), .create(exampleJob("b", once(10, 20), status: .draft)),
                .requireApproval(job: -2, planHash: "h", reasons: ["script", "host"]),
            ]
            let change = try await store.apply(edits, summary: "", at: start)
            let draft = try #require(change.items.last?.after)
            let waiting = try #require(await store.approvals(waitingOnly: true).first)
            #expect(
                waiting
                    == Approval(
                        id: waiting.id, jobID: draft.id, planHash: "h", reasons: ["script", "host"], createdAt: start))
            #expect(try await store.decide(approval: waiting.id, approved: true, at: at(10)))
            #expect(try await store.job(draft.id)?.status == .active)
            #expect(try await store.due(draft) == [at(20)])
            #expect(try await store.decide(approval: waiting.id, approved: false, at: at(11)) == false)
            #expect(try await store.approvals(waitingOnly: true).isEmpty)
            let decided = try #require(await store.approvals(waitingOnly: false).first)
            #expect(decided.state == .approved && decided.decidedAt == at(10))
        },
        StoreConformance("a rejected draft stays one, and nobody decides what does not exist") { store in
            let edits: [Edit] = [
                .create(exampleJob("a", once(10), status: .draft)),
                .requireApproval(job: -1, planHash: "h", reasons: []),
            ]
            let job = try #require(await store.apply(edits, summary: "", at: start).items.first?.after)
            let id = try #require(await store.approvals(waitingOnly: true).first?.id)
            #expect(try await store.decide(approval: id + 1, approved: true, at: start) == false)
            #expect(try await store.decide(approval: id, approved: false, at: start))
            #expect(try await store.job(job.id)?.status == .draft)
            #expect(try await store.armed(limit: 9).isEmpty)
        },
        StoreConformance("an approval must name a job of the change or an existing one") { store in
            for number: JobID in [-2, 0, 77] {
                let edits: [Edit] = [
                    .create(exampleJob("a")), .requireApproval(job: number, planHash: "h", reasons: []),
                ]
                await expectThrows(.noSuchJob(number)) { _ = try await store.apply(edits, summary: "", at: start) }
            }
            let jobs = try await store.jobs()
            #expect(jobs.isEmpty)
        },
        StoreConformance("an approval ends with its plan; renaming does not change a plan") { store in
            let edits: [Edit] = [
                .create(exampleJob("a", status: .draft)), .requireApproval(job: -1, planHash: "h", reasons: []),
            ]
            var job = try #require(await store.apply(edits, summary: "", at: start).items.first?.after)
            let id = try #require(await store.approvals(waitingOnly: true).first?.id)
            job.name = "b"
            try await store.job(from: .update(job))
            #expect(try await store.approvals(waitingOnly: true).map(\.id) == [id])
            job.steps[0].action = .script(path: "other.sh", arguments: [])
            try await store.job(from: .update(job))
            #expect(try await store.approvals(waitingOnly: true).isEmpty)
            #expect(try await store.approvals(waitingOnly: false).map(\.state) == [.expired])
            #expect(try await store.decide(approval: id, approved: true, at: start) == false)
            #expect(try await store.job(job.id)?.status == .draft)
        },
        StoreConformance("taking back never approves: a draft that returns asks again") { store in
            let edits: [Edit] = [
                .create(exampleJob("a", once(10), status: .draft)),
                .requireApproval(job: -1, planHash: "h", reasons: ["r"]),
            ]
            let change = try await store.apply(edits, summary: "", at: start)
            let first = try #require(await store.approvals(waitingOnly: true).first)
            #expect(try await store.decide(approval: first.id, approved: true, at: start))
            try await store.revert(change, forward: false, at: at(1))
            try await store.revert(change, forward: true, at: at(2))
            #expect(try await store.jobs().map(\.status) == [.draft])
            #expect(try await store.armed(limit: 1).isEmpty)
            let again = try #require(await store.approvals(waitingOnly: true).first)
            #expect(again.id != first.id && again.planHash == "h" && again.reasons == ["r"])
        },
    ]
}
