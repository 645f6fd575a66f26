import Foundation
import JobModel
import Testing

extension StoreConformance {
    static let occurrences: [StoreConformance] = [
        StoreConformance("a claim makes a claimed run and arms the next moment") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let trigger = job.triggers[0].id
            let run = try await store.claimNext(of: job, .run(late: true, reason: "missed", token: "t"))
            #expect(run.id > 0)
            #expect(
                run
                    == Run(
                        id: run.id, jobID: job.id, triggerID: trigger, cause: .schedule, due: at(60), state: .claimed,
                        late: true, attempt: 1, token: "t", reason: "missed"))
            #expect(try await store.runs(RunQuery()) == [run])
            #expect(try await store.due(job) == [at(120)])
        },
        StoreConformance("an occurrence is claimed once") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let armed = try #require(await store.armed(limit: 1).first)
            let claim = OccurrenceClaim(armed, .run(late: false, reason: nil, token: "t"))
            #expect(try await store.claim([claim, claim], at: at(60)).count == 1)
            #expect(try await store.claim([claim], at: at(60)).isEmpty)
            #expect(try await store.due(job) == [at(120)])
            #expect(try await store.runs(RunQuery()).count == 1)
        },
        StoreConformance("skips have a row with the reason and its span, and one call may hold several") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10, 20, 30, 40))))
            let trigger = job.triggers[0].id
            func claim(_ due: TimeInterval, _ disposition: OccurrenceClaim.Disposition) -> OccurrenceClaim {
                OccurrenceClaim(
                    jobID: job.id, triggerID: trigger, due: at(due), disposition: disposition, nextDue: at(due + 10))
            }
            let claims = [
                claim(10, .skip(reason: "too many", through: at(15))), claim(20, .skip(reason: "too old")),
                claim(30, .run(late: true, reason: nil, token: "t")),
            ]
            let runs = try await store.claim(claims, at: at(35))
            #expect(runs.map(\.due) == [at(30)])
            #expect(try await store.due(job) == [at(40)])
            let skipped = try await store.runs(RunQuery(states: [.skipped]))
            #expect(skipped.map(\.due) == [at(20), at(10)] && skipped.map(\.through) == [nil, at(15)])
            #expect(skipped.first?.reason == "too old" && skipped.first?.finished == at(35))
            #expect(try await store.runs(RunQuery()).count == 3)
        },
        StoreConformance("a span stays although its first moment has its row already") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(10))))
            _ = try await store.claimNext(of: job)
            try await store.rearm(after: start)
            let claim = OccurrenceClaim(
                jobID: job.id, triggerID: job.triggers[0].id, due: at(10),
                disposition: .skip(reason: "missed", through: at(40)), nextDue: at(50))
            _ = try await store.claim([claim], at: at(45))
            let skipped = try await store.runs(RunQuery(states: [.skipped]))
            #expect(skipped.map(\.due) == [at(20)] && skipped.map(\.through) == [at(40)])
            #expect(try await store.due(job) == [at(50)])
        },
        StoreConformance("no run ends for a newer one that did not come to be") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(10))))
            let run = try await store.claimNext(of: job)
            let armed = try #require(await store.armed(limit: 1).first)
            try await store.rearm(after: start)
            var claim = OccurrenceClaim(armed, .wait(late: false, reason: nil))
            claim.due = at(10)
            _ = try await store.claim(ClaimRequest(occurrences: [claim], cancelled: [run.id]), at: at(10))
            #expect(try await store.stored(run.id).state == .claimed)
            (claim.due, claim.nextDue) = (at(30), at(40))
            _ = try await store.claim(ClaimRequest(occurrences: [claim], cancelled: [run.id]), at: at(30))
            #expect(try await store.stored(run.id).state == .cancelled)
        },
        StoreConformance("a claim for a moment that is not armed does nothing") { store in
            var job = try await store.job(from: .create(exampleJob("a", every(60))))
            let armed = try #require(await store.armed(limit: 1).first)
            let claim = OccurrenceClaim(armed, .run(late: false, reason: nil, token: "t"))
            job.status = .paused
            try await store.job(from: .update(job))
            #expect(try await store.claim([claim], at: at(60)).isEmpty)
            _ = try await store.apply([.delete(job.id)], summary: "", at: start)
            #expect(try await store.claim([claim], at: at(60)).isEmpty)
            #expect(try await store.runs(RunQuery()).isEmpty)
            #expect(try await store.claim([], at: at(60)).isEmpty)
        },
        StoreConformance("due moments are whole milliseconds, and never the same one twice") { store in
            let anchor = start + 0.000_49
            let schedule = Schedule(.interval(seconds: 1, anchor: anchor), zone: "UTC")
            let job = try await store.job(from: .create(exampleJob("a", Trigger(.schedule(schedule)))))
            for second in 1...5 {
                let run = try await store.claimNext(of: job)
                #expect(run.due == at(TimeInterval(second)))
                #expect(try await store.due(job) == [at(TimeInterval(second + 1))])
            }
        },
        StoreConformance("of many claimers at once, one gets each occurrence") { store in
            let jobs = 5
            for index in 0..<jobs { try await store.job(from: .create(exampleJob("job \(index)", every(60)))) }
            let claimed = try await withThrowingTaskGroup(of: [Run].self) { group in
                for claimer in 0..<8 {
                    group.addTask {
                        let claims = try await store.armed(limit: 100).filter { $0.due == at(60) }.map {
                            OccurrenceClaim($0, .run(late: false, reason: nil, token: "\(claimer)"))
                        }
                        return try await store.claim(claims, at: at(60))
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == jobs && Set(claimed.map(\.jobID)).count == jobs)
            #expect(try await Set(store.runs(RunQuery())) == Set(claimed))
        },
        StoreConformance("a job whose moments are over is finished once its runs are") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let kept = try await store.job(from: .create(exampleJob("b", once(10), Trigger(.manual))))
            let startup = Trigger(.schedule(Schedule(.startup, zone: "UTC")))
            try await store.job(from: .create(exampleJob("c", startup)))
            try await store.job(from: .create(exampleJob("d", every(60))))
            let run = try await store.claimNext(of: job)
            _ = try await store.claimNext(of: kept)
            #expect(try await store.jobs().map(\.status) == [.active, .active, .active, .active])
            #expect(try await store.finish(run: run.id, token: "t", outcome: RunOutcome(state: .failed), at: at(11)))
            #expect(try await store.jobs().map(\.status) == [.finished, .active, .active, .active])
        },
    ]

    static let runs: [StoreConformance] = [
        StoreConformance("an enqueued run waits in the queue until it is claimed") { store in
            let job = try await store.job(from: .create(exampleJob("a")))
            let wanted = Run(
                jobID: job.id, cause: .event, due: start + 3.00049, event: ["total": 5, "tags": ["x", nil, true]],
                depth: 2)
            let run = try await store.enqueue(wanted)
            #expect(run.due == at(3) && run.event == wanted.event && run.depth == 2)
            #expect(try await store.queue(QueueQuery()) == [run])
            #expect(try await store.claim(run: run.id, token: "a", at: at(4)))
            #expect(try await store.claim(run: run.id, token: "b", at: at(4)) == false)
            let claimed = try await store.stored(run.id)
            #expect(claimed.state == .claimed && claimed.attempt == 1 && claimed.token == "a")
            #expect(try await store.queue(QueueQuery()).isEmpty)
            await expectThrows(.noSuchJob(99)) {
                _ = try await store.enqueue(Run(jobID: 99, cause: .manual, due: start))
            }
        },
        StoreConformance("begin and finish need the token and the state") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let run = try await store.claimNext(of: job)
            #expect(try await store.begin(run: run.id, token: "x", at: at(10)) == false)
            #expect(try await store.begin(run: run.id, token: "t", at: at(10.001)))
            #expect(try await store.begin(run: run.id, token: "t", at: at(10)) == false)
            let outcome = RunOutcome(state: .succeeded, output: "done", message: "Done.")
            #expect(try await store.finish(run: run.id, token: "x", outcome: outcome, at: at(11)) == false)
            #expect(try await store.messages(unseenOnly: false, limit: 9).isEmpty)
            #expect(try await store.finish(run: run.id, token: "t", outcome: outcome, at: at(11)))
            let finished = try await store.stored(run.id)
            #expect(finished.state == .succeeded && finished.output == "done")
            #expect(finished.started == at(10.001) && finished.finished == at(11))
        },
        StoreConformance("a finished run never changes") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let id = try await store.claimNext(of: job).id
            #expect(try await store.finish(run: id, token: "t", outcome: RunOutcome(state: .failed), at: at(11)))
            let finished = try await store.stored(id)
            let late = RunOutcome(state: .succeeded, message: "late")
            #expect(try await store.finish(run: id, token: "t", outcome: late, at: at(12)) == false)
            #expect(try await store.begin(run: id, token: "t", at: at(12)) == false)
            #expect(try await store.claim(run: id, token: "t", at: at(12)) == false)
            #expect(try await store.requeue(run: id, token: "t", reason: "", isDeath: true) == false)
            #expect(try await store.cancel(run: id, reason: "", at: at(12)) == false)
            #expect(try await store.stored(id) == finished)
            #expect(try await store.messages(unseenOnly: false, limit: 9).isEmpty)
        },
        StoreConformance("a retry waits for its moment and gives its claim up") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let other = try await store.job(from: .create(exampleJob("b")))
            let id = try await store.claimNext(of: job).id
            let retry = RunOutcome(state: .retrying, retryAt: at(30), reason: "refused")
            #expect(try await store.finish(run: id, token: "t", outcome: retry, at: at(11)))
            let earlier = try await store.enqueue(Run(jobID: other.id, cause: .manual, due: at(20)))
            let later = try await store.enqueue(Run(jobID: other.id, cause: .manual, due: at(40)))
            #expect(try await store.queue(QueueQuery()).map(\.id) == [earlier.id, id, later.id])
            let waiting = try await store.stored(id)
            #expect(waiting.notBefore == at(30) && waiting.finished == nil && waiting.reason == "refused")
            #expect(try await store.finish(run: id, token: "t", outcome: retry, at: at(12)) == false)
            #expect(try await store.claim(run: id, token: "u", at: at(30)))
            let again = try await store.stored(id)
            #expect(again.attempt == 2 && again.notBefore == nil && again.reason == nil)
        },
        StoreConformance("a run that waits goes on at its moment, as the run that it was") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let id = try await store.claimNext(of: job).id
            #expect(try await store.begin(run: id, token: "t", at: at(11)))
            let wait = RunOutcome(state: .waiting, retryAt: at(30))
            #expect(try await store.finish(run: id, token: "t", outcome: wait, at: at(12)))
            let waiting = try await store.stored(id)
            #expect(waiting.state == .waiting && waiting.notBefore == at(30) && waiting.stops == 1)
            #expect(try await store.finish(run: id, token: "t", outcome: wait, at: at(13)) == false)
            #expect(try await store.nextReady(after: at(13)) == at(30))
            #expect(try await store.queue(QueueQuery(readyBy: at(29))).isEmpty)
            #expect(try await store.queue(QueueQuery(readyBy: at(30))).map(\.id) == [id])
            #expect(try await store.interruptedRuns().isEmpty)
            #expect(try await store.claim(run: id, token: "u", at: at(30)))
            #expect(try await store.begin(run: id, token: "u", at: at(31)))
            let again = try await store.stored(id)
            #expect(again.attempt == 2 && again.started == at(11) && again.notBefore == nil)
        },
        StoreConformance("interrupted runs go back to the queue; the old owner is refused") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let claimed = try await store.claimNext(of: job)
            let running = try await store.claimNext(of: job, .run(late: false, reason: nil, token: "r"))
            let ended = try await store.claimNext(of: job, .run(late: false, reason: nil, token: "e"))
            #expect(try await store.begin(run: running.id, token: "r", at: at(120)))
            #expect(
                try await store.finish(run: ended.id, token: "e", outcome: RunOutcome(state: .succeeded), at: at(181)))
            #expect(try await store.interruptedRuns().map(\.id) == [claimed.id, running.id])
            #expect(try await store.requeue(run: running.id, token: "x", reason: "", isDeath: true) == false)
            #expect(try await store.requeue(run: running.id, token: "r", reason: "owner died", isDeath: true))
            #expect(
                try await store.finish(run: running.id, token: "r", outcome: RunOutcome(state: .failed), at: at(200))
                    == false)
            #expect(try await store.queue(QueueQuery()).map(\.id) == [running.id])
            #expect(try await store.claim(run: running.id, token: "n", at: at(200)))
            let again = try await store.stored(running.id)
            #expect(again.attempt == 2 && again.reason == "owner died" && again.started == nil)
        },
        StoreConformance("whatever is not over can be cancelled") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let running = try await store.claimNext(of: job)
            #expect(try await store.begin(run: running.id, token: "t", at: at(60)))
            let waiting = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: start))
            for run in [running, waiting] {
                #expect(try await store.cancel(run: run.id, reason: "no more", at: at(70)))
                let cancelled = try await store.stored(run.id)
                #expect(cancelled.state == .cancelled && cancelled.finished == at(70) && cancelled.reason == "no more")
            }
            #expect(
                try await store.finish(run: running.id, token: "t", outcome: RunOutcome(state: .failed), at: at(71))
                    == false)
            #expect(try await store.queue(QueueQuery()).isEmpty)
            #expect(try await store.cancel(run: 999, reason: "", at: at(70)) == false)
        },
        StoreConformance("runs are asked for by job, state, moment and number, latest first") { store in
            let a = try await store.job(from: .create(exampleJob("a")))
            let b = try await store.job(from: .create(exampleJob("b")))
            var ids: [RunID] = []
            for (job, due) in [(a, 1.0), (b, 2), (a, 3), (b, 4)] {
                ids.append(try await store.enqueue(Run(jobID: job.id, cause: .manual, due: at(due))).id)
            }
            #expect(try await store.cancel(run: ids[2], reason: "", at: at(5)))
            func found(_ query: RunQuery) async throws -> [RunID] { try await store.runs(query).map(\.id) }
            #expect(try await found(RunQuery()) == ids.reversed())
            #expect(try await found(RunQuery(job: a.id)) == [ids[2], ids[0]])
            #expect(try await found(RunQuery(states: [.due])) == [ids[3], ids[1], ids[0]])
            #expect(try await found(RunQuery(states: [.due, .cancelled], since: at(3))) == [ids[3], ids[2]])
            #expect(try await found(RunQuery(limit: 1)) == [ids[3]])
        },
    ]
}
