import Foundation
import JobModel
import Testing

private func owner(_ machine: String, pid: Int32 = 1) -> OwnerIdentity {
    OwnerIdentity(process: ProcessIdentity(pid: pid, startTime: 1), machine: machine)
}

private func job(
    _ name: String, priority: Policies.Priority = .normal, group: String? = nil, trigger: Trigger = Trigger(.manual)
) -> Job {
    var job = exampleJob(name, trigger)
    (job.policies.priority, job.policies.group) = (priority, group)
    return job
}

extension StoreConformance {
    /// Ownership, the queue and streaks of failures.
    static let engine: [StoreConformance] = [
        StoreConformance("each owner has a higher epoch and learns how far the clock had gone") { store in
            #expect(
                try await store.takeOwnership(owner("m"), adopting: false, at: start)
                    == Ownership(epoch: 1, clockSeen: nil))
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let armed = try #require(await store.armed(limit: 1).first)
            let claim = OccurrenceClaim(armed, .skip(reason: "x"))
            _ = try await store.claim(ClaimRequest(epoch: 1, occurrences: [claim]), at: at(70))
            #expect(
                try await store.takeOwnership(owner("m", pid: 2), adopting: false, at: at(80))
                    == Ownership(epoch: 2, clockSeen: at(70)))
            #expect(try await store.due(job) == [at(120)])
        },
        StoreConformance("a claim of an owner before is refused, and nothing of it is written") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let queued = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: start))
            for pid in [1, 2] as [Int32] {
                _ = try await store.takeOwnership(owner("m", pid: pid), adopting: false, at: start)
            }
            let claim = OccurrenceClaim(
                try #require(await store.armed(limit: 1).first), .run(late: false, reason: nil, token: "t"))
            var request = ClaimRequest(
                epoch: 1, occurrences: [claim], queued: [RunClaim(id: queued.id, token: "q")],
                messages: [Message(jobID: nil, runID: nil, at: start, text: "x")])
            await expectThrows(.superseded) { [request] in _ = try await store.claim(request, at: at(60)) }
            #expect(try await store.runs(RunQuery()).map(\.state) == [.due])
            #expect(try await store.messages(unseenOnly: false, limit: 9).isEmpty)
            #expect(try await store.due(job) == [at(60)])
            request.epoch = 2
            #expect(try await store.claim(request, at: at(60)).count == 2)
        },
        StoreConformance("of each priority the earliest wait, without what is excluded or not ready") { store in
            var ids: [String: RunID] = [:]
            for (name, priority, group, due) in [
                ("low", Policies.Priority.low, nil, 1.0), ("late", .normal, nil, 30), ("soon", .normal, "disk", 20),
                ("first", .normal, "net", 10), ("urgent", .critical, nil, 40), ("later", .critical, "net", 50),
            ] as [(String, Policies.Priority, String?, Double)] {
                let job = try await store.job(from: .create(job(name, priority: priority, group: group)))
                let run = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: at(due)))
                #expect(run.priority == priority && run.group == group)
                ids[name] = run.jobID
            }
            let names = Dictionary(uniqueKeysWithValues: ids.map { ($1, $0) })
            func found(_ query: QueueQuery) async throws -> [String?] {
                try await store.queue(query).map { names[$0.jobID] }
            }
            #expect(try await found(QueueQuery()) == ["low", "first", "soon", "late", "urgent", "later"])
            #expect(try await found(QueueQuery(limit: 1)) == ["low", "first", "urgent"])
            #expect(try await found(QueueQuery(readyBy: at(25))) == ["low", "first", "soon"])
            let query = QueueQuery(limit: 1, excludedJobs: [ids["low"] ?? 0], excludedGroups: ["net"])
            #expect(try await found(query) == ["soon", "urgent"])
        },
        StoreConformance("the backlog counts what waits, and says since when; later moments are named") { store in
            #expect(try await store.backlog(at: start) == Backlog())
            #expect(try await store.nextReady(after: start) == nil)
            let job = try await store.job(from: .create(exampleJob("a")))
            for due in [10.0, 20, 30] { _ = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: at(due))) }
            let running = try await store.begun(job, at: at(5))
            #expect(try await store.backlog(at: at(9)) == Backlog(waiting: 3))
            #expect(try await store.backlog(at: at(20)) == Backlog(waiting: 3, oldestReady: at(10)))
            #expect(try await store.nextReady(after: at(10)) == at(20))
            let retry = RunOutcome(state: .retrying, retryAt: at(15))
            #expect(try await store.finish(run: running.id, token: "t", outcome: retry, at: at(11)))
            #expect(try await store.nextReady(after: at(10)) == at(15))
            #expect(try await store.backlog(at: at(9)).waiting == 4)
        },
        StoreConformance("unfinished runs by job, and claims that no longer hold") { store in
            let a = try await store.job(from: .create(exampleJob("a")))
            let b = try await store.job(from: .create(exampleJob("b")))
            let running = try await store.begun(a)
            let waiting = try await store.enqueue(Run(jobID: a.id, cause: .manual, due: at(1)))
            let ended = try await store.ended(b, .succeeded)
            #expect(try await store.unfinished(of: [a.id, b.id]) == [a.id: [running, waiting]])
            #expect(try await store.unfinished(of: []).isEmpty)
            let claims = [
                RunClaim(id: running.id, token: "t"), RunClaim(id: waiting.id, token: ""),
                RunClaim(id: ended.id, token: "t"), RunClaim(id: 999, token: "t"),
            ]
            #expect(try await store.lost(claims) == [waiting.id, ended.id, 999])
            #expect(try await store.lost([RunClaim(id: running.id, token: "other")]) == [running.id])
            #expect(try await store.lost([]).isEmpty)
        },
        StoreConformance("failures in a row are counted until one succeeds") { store in
            let job = try await store.job(from: .create(exampleJob("a")))
            #expect(try await store.failures(of: job.id) == FailureStreak())
            try await store.ended(job, .failed, at: at(1))
            try await store.ended(job, .failed, at: at(2))
            try await store.ended(job, .cancelled, at: at(3))
            #expect(
                try await store.failures(of: job.id)
                    == FailureStreak(count: 2, since: at(1), latest: at(2), reason: "disk full"))
            try await store.ended(job, .succeeded, at: at(4))
            #expect(try await store.failures(of: job.id) == FailureStreak())
            try await store.ended(job, .failed, at: at(5))
            #expect(
                try await store.failures(of: job.id)
                    == FailureStreak(count: 1, since: at(5), latest: at(5), reason: "disk full"))
        },
        StoreConformance("an outcome may pause its job, which counts anew from then on") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            try await store.ended(job, .failed, at: at(1))
            let run = try await store.begun(job, at: at(2))
            let outcome = RunOutcome(state: .failed, reason: "disk full", pausesJob: true)
            #expect(try await store.finish(run: run.id, token: "t", outcome: outcome, at: at(3)))
            let paused = try #require(await store.job(job.id))
            #expect(paused.status == .paused && paused.pausedUntil == nil)
            #expect(try await store.due(job).isEmpty)
            #expect(try await store.failures(of: job.id) == FailureStreak())
            let events = try await store.events(after: 0, limit: 99).suffix(2)
            #expect(events.map(\.name) == ["run.failed", "job.paused"])
            #expect(events.last?.data["reason"] == "disk full")
        },
        StoreConformance("after a clock that was set back, triggers are armed for the first moment again") { store in
            let often = try await store.job(from: .create(exampleJob("a", every(60))), at: at(600))
            let onceOnly = try await store.job(from: .create(exampleJob("b", once(700))), at: at(600))
            let overdue = try await store.job(from: .create(exampleJob("c", every(3600))), at: at(100))
            try await store.rearm(after: at(90))
            #expect(try await store.due(often) == [at(120)])
            #expect(try await store.due(onceOnly) == [at(700)])
            #expect(try await store.due(overdue) == [at(3600)])
            #expect(try await store.nextDue() == at(120))
            try await store.rearm(after: at(500))
            #expect(try await store.due(often) == [at(120)])
        },
        StoreConformance("a clock that was set back takes back what is to come again and lets the rest start") {
            store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            func claim(_ due: TimeInterval, _ disposition: OccurrenceClaim.Disposition, _ next: TimeInterval)
                -> OccurrenceClaim
            {
                OccurrenceClaim(
                    jobID: job.id, triggerID: job.triggers[0].id, due: at(due), disposition: disposition,
                    nextDue: at(next))
            }
            let claims = [
                claim(60, .skip(reason: "missed", through: at(180)), 240), claim(240, .skip(reason: "missed"), 300),
                claim(300, .wait(late: false, reason: nil), 360),
                claim(360, .run(late: false, reason: nil, token: "t"), 420),
            ]
            let begun = try #require(await store.claim(claims, at: at(360)).first)
            let retry = RunOutcome(state: .retrying, retryAt: at(5000))
            #expect(try await store.finish(run: begun.id, token: "t", outcome: retry, at: at(361)))
            let asked = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: at(362)))
            try await store.rearm(after: at(150))
            let rows = try await store.runs(RunQuery()).sorted { $0.due < $1.due }
            #expect(rows.map(\.due) == [at(60), at(360), at(362)] && rows[0].through == at(150))
            #expect(rows.dropFirst().map(\.id) == [begun.id, asked.id])
            #expect(rows.dropFirst().allSatisfy { $0.ready == at(150) })
            #expect(try await store.due(job) == [at(180)])
            let again = try await store.claim(
                [claim(180, .run(late: false, reason: nil, token: "u"), 240)], at: at(180))
            #expect(again.map(\.due) == [at(180)])
        },
        StoreConformance("what was pruned does not come again, should the clock be set back") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let armed = try #require(await store.armed(limit: 1).first)
            _ = try await store.claim([OccurrenceClaim(armed, .skip(reason: "r"))], at: at(60))
            while try await store.prune(Retention(age: 10, runsPerJob: 9), at: at(1000)) > 0 {}
            try await store.rearm(after: at(30))
            var made: [Run] = []
            for _ in 0..<3 where made.isEmpty {
                let next = try #require(await store.armed(limit: 1).first)
                made = try await store.claim(
                    [OccurrenceClaim(next, .run(late: false, reason: nil, token: "t"))], at: at(120))
            }
            #expect(made.map(\.due) == [at(120)] && made.first?.jobID == job.id)
        },
        StoreConformance("events cause no more runs of a job than may wait") { store in
            let trigger = Trigger(.event(EventFilter(name: "a.b")))
            let job = try await store.job(from: .create(exampleJob("a", trigger)))
            for second in 0...Policies.queueLimit {
                _ = try await store.emit(Event(name: "a.b", at: at(TimeInterval(second))))
            }
            let skipped = try await store.runs(RunQuery(job: job.id, states: [.skipped], limit: 9))
            #expect(skipped.map(\.due) == [at(TimeInterval(Policies.queueLimit))])
            #expect(skipped.first?.reason == "100 runs of it waited already")
            #expect(try await store.backlog(at: at(999)).waiting == Policies.queueLimit)
        },
    ]
}
