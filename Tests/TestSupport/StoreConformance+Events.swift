import Foundation
import JobModel
import Testing

/// A trigger of events.
func on(_ name: String, job: String? = nil, jobID: JobID? = nil, _ data: String? = nil) throws -> Trigger {
    Trigger(.event(EventFilter(name: name, job: job, jobID: jobID, data: try data.map { try DataFilter(parsing: $0) })))
}

extension JobStore {
    /// Names of all events so far.
    func told() async throws -> [String] { try await events(after: 0, limit: 1000).map(\.name) }

    /// A run that is begun, with the token `t`.
    func begun(_ job: Job, depth: Int = 0, at date: Date = start) async throws -> Run {
        let run = try await enqueue(Run(jobID: job.id, cause: .manual, due: date, depth: depth))
        #expect(try await claim(run: run.id, token: "t", at: date))
        #expect(try await begin(run: run.id, token: "t", at: date))
        return try await stored(run.id)
    }

    /// Begins and ends a run.
    @discardableResult
    func ended(_ job: Job, _ state: Run.State, depth: Int = 0, at date: Date = start) async throws -> Run {
        let run = try await begun(job, depth: depth, at: date)
        let outcome = RunOutcome(state: state, reason: state == .failed ? "disk full" : nil)
        #expect(try await finish(run: run.id, token: "t", outcome: outcome, at: date))
        return try await stored(run.id)
    }
}

extension StoreConformance {
    static let events: [StoreConformance] = [
        StoreConformance("events are numbered from 1 and read in order, after a number and up to a limit") { store in
            #expect(try await store.lastEventID() == 0)
            let data: JSONValue = ["sku": "A1", "left": 3, "tags": ["x", nil, true]]
            let first = try await store.emit(Event(name: "stock.low", at: start + 0.000_4, data: data))
            #expect(first == EmittedEvent(event: Event(id: 1, name: "stock.low", at: start, data: data), runs: []))
            for name in ["a.b", "c.d"] { _ = try await store.emit(Event(name: name, at: at(1))) }
            #expect(try await store.events(after: 0, limit: 9).map(\.id) == [1, 2, 3])
            #expect(try await store.events(after: 0, limit: 1) == [first.event])
            #expect(try await store.events(after: 1, limit: 1).map(\.name) == ["a.b"])
            #expect(try await store.events(after: 3, limit: 9).isEmpty)
            #expect(try await store.lastEventID() == 3)
        },
        StoreConformance("changes of jobs are told, and so are undo and redo") { store in
            let change = try await store.apply([.create(exampleJob("a", every(60)))], summary: "", at: start)
            var job = try #require(change.items.first?.after)
            job.name = "b"
            try await store.job(from: .update(job))
            job.status = .paused
            try await store.job(from: .update(job))
            job.status = .active
            try await store.job(from: .update(job))
            let deletion = try await store.apply([.delete(job.id)], summary: "", at: start)
            try await store.revert(deletion, forward: false, at: at(1))
            try await store.revert(deletion, forward: true, at: at(2))
            let expected = ["created", "changed", "paused", "resumed", "deleted", "created", "deleted"]
            #expect(try await store.told() == expected.map { "job.\($0)" })
            let last = try #require(await store.events(after: 6, limit: 1).first)
            #expect(last.jobID == job.id && last.at == at(2) && last.depth == 0)
            #expect(last.data == ["job": "b", "job_id": .number(Double(job.id))])
        },
        StoreConformance("a draft that is approved, a pause that is over and a job that is spent are told") { store in
            let draft = try await store.job(from: .create(exampleJob("a", once(10), status: .draft)))
            let need = Edit.requireApproval(job: draft.id, planHash: "h", reasons: [])
            _ = try await store.apply([need], summary: "", at: start)
            let approval = try #require(await store.approvals(waitingOnly: true).first)
            #expect(try await store.decide(approval: approval.id, approved: true, at: at(1)))
            var paused = try await store.job(from: .create(exampleJob("b", every(60))))
            (paused.status, paused.pausedUntil) = (.paused, at(5))
            try await store.job(from: .update(paused))
            _ = try await store.resumeDue(at: at(5))
            let run = try await store.claimNext(of: draft)
            #expect(try await store.finish(run: run.id, token: "t", outcome: RunOutcome(state: .succeeded), at: at(11)))
            #expect(
                try await store.told() == [
                    "job.created", "job.changed", "job.created", "job.paused", "job.resumed", "run.succeeded",
                    "job.finished",
                ])
        },
        StoreConformance("each change of a run is told once, with what it was") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            try await store.ended(job, .succeeded)
            let failed = try await store.ended(job, .failed, at: at(2))
            let run = try await store.begun(job)
            let retry = RunOutcome(state: .retrying, retryAt: at(9), reason: "refused")
            #expect(try await store.finish(run: run.id, token: "t", outcome: retry, at: at(3)))
            #expect(try await store.finish(run: run.id, token: "t", outcome: retry, at: at(3)) == false)
            #expect(try await store.cancel(run: run.id, reason: "no more", at: at(4)))
            let expected = ["started", "succeeded", "started", "failed", "started", "retrying", "cancelled"]
            #expect(try await store.told().dropFirst() == expected.map { "run.\($0)" }[...])
            let event = try #require(await store.events(after: 0, limit: 99).first { $0.name == "run.failed" })
            #expect(event.jobID == job.id && event.runID == failed.id && event.at == at(2))
            let data: [String: JSONValue] = [
                "job": "a", "job_id": .number(Double(job.id)), "run": .number(Double(failed.id)), "attempt": 1,
                "late": false, "reason": "disk full", "due": .string(RFC3339.text(at(2))), "seconds": 0,
            ]
            #expect(event.data == .object(data))
        },
        StoreConformance("late starts, skips and runs that end for a newer one are told") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let run = try await store.claimNext(of: job, .run(late: true, reason: "missed", token: "t"))
            #expect(try await store.begin(run: run.id, token: "t", at: at(70)))
            let armed = try #require(await store.armed(limit: 1).first)
            let skip = OccurrenceClaim(armed, .skip(reason: "too many"))
            var newer = skip
            (newer.due, newer.disposition, newer.nextDue) = (at(180), .wait(late: false, reason: nil), at(240))
            _ = try await store.claim(ClaimRequest(occurrences: [skip, newer], cancelled: [run.id]), at: at(180))
            let events = try await store.events(after: 1, limit: 99)
            #expect(events.map(\.name) == ["run.started", "run.late", "run.skipped", "run.cancelled"])
            #expect(events.map { $0.data["reason"]?.string } == ["", "missed", "too many", "ended for a newer run"])
        },
        StoreConformance("a pause of everything, and its end, are told when they change something") { store in
            try await store.pauseScheduler(until: nil, at: start)
            try await store.pauseScheduler(until: .distantFuture, at: at(1))
            try await store.pauseScheduler(until: .distantFuture, at: at(2))
            try await store.pauseScheduler(until: at(100), at: at(3))
            try await store.pauseScheduler(until: nil, at: at(4))
            let events = try await store.events(after: 0, limit: 99)
            #expect(events.map(\.name) == ["scheduler.paused", "scheduler.paused", "scheduler.resumed"])
            #expect(events.map(\.at) == [at(1), at(3), at(4)])
            #expect(events[1].data["until"]?.string == RFC3339.text(at(100)))
        },
    ]
}
