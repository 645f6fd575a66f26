import Foundation
import JobModel
import Testing

private func retiming(
    _ job: Job, _ rule: Retiming.Rule, to chosen: TimeInterval?, at moment: TimeInterval = 5, hint: TimingHint? = nil
) -> Retiming {
    let usual = TimingHint(.interval(90), reason: "quiet", source: .step, at: at(moment), expires: at(1000))
    return Retiming(
        jobID: job.id, runID: nil, at: at(moment), rule: rule, hint: rule == .refused ? nil : hint ?? usual,
        baseline: at(60), chosen: chosen.map(at), isClamped: true, reason: "quiet")
}

extension StoreConformance {
    /// Jobs that re-time themselves.
    static let hints: [StoreConformance] = [
        StoreConformance("what a hint chose is armed and kept; the claim goes on by the schedule") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            #expect(try await store.retime(retiming(job, .hint, to: 150)))
            #expect(try await store.due(job) == [at(150)])
            var kept = retiming(job, .hint, to: 150)
            kept.id = try #require(await store.retimings(of: job.id, limit: 9).first?.id)
            #expect(try await store.retimings(of: job.id, limit: 9) == [kept])
            // The moments that were left out are neither due nor missed, and the next one is the schedule's.
            let run = try await store.claimNext(of: job)
            #expect(run.due == at(150) && !run.late)
            #expect(try await store.due(job) == [at(180)])
            #expect(try await store.runs(RunQuery()).count == 1)
        },
        StoreConformance("a hint may add a moment before the schedule's") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            #expect(try await store.retime(retiming(job, .pause, to: 20)))
            #expect(try await store.claimNext(of: job).due == at(20))
            #expect(try await store.due(job) == [at(60)])
        },
        StoreConformance("what was refused, or changes nothing, is only kept") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            let other = try await store.job(from: .create(exampleJob("b", every(60))))
            for rule in [Retiming.Rule.refused, .baseline] {
                #expect(try await store.retime(retiming(job, rule, to: 150)) == false)
            }
            #expect(try await store.due(job) == [at(60)])
            #expect(try await store.retimings(of: job.id, limit: 9).map(\.rule) == [.baseline, .refused])
            #expect(try await store.retimings(of: job.id, limit: 1).map(\.rule) == [.baseline])
            #expect(try await store.retimings(of: other.id, limit: 9).isEmpty)
        },
        StoreConformance("of several triggers the earliest is re-timed, and none comes before it") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(70), every(60), every(500))))
            #expect(try await store.retime(retiming(job, .hint, to: 150)))
            #expect(try await store.due(job) == [at(150), at(210), at(500)])
            let armed = try await store.armed(limit: 9)
            #expect(armed.first?.triggerID == job.triggers[1].id)
        },
        StoreConformance("an overdue moment stays, and what is not armed stays so") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            #expect(try await store.retime(retiming(job, .hint, to: 150, at: 61)) == false)
            #expect(try await store.due(job) == [at(60)])
            var paused = job
            paused.status = .paused
            try await store.job(from: .update(paused))
            #expect(try await store.retime(retiming(job, .hint, to: 150)) == false)
            #expect(try await store.due(job).isEmpty)
            let waiting = try await store.job(from: .create(exampleJob("b", Trigger(.manual))))
            #expect(try await store.retime(retiming(waiting, .hint, to: 150)) == false)
        },
        StoreConformance("an edit of the job arms it by its schedule again") { store in
            var job = try await store.job(from: .create(exampleJob("a", every(60))))
            #expect(try await store.retime(retiming(job, .hint, to: 150)))
            job.name = "b"
            try await store.job(from: .update(job), at: at(6))
            #expect(try await store.due(job) == [at(60)])
        },
        StoreConformance("hints are found until they expire, each once, in the order in which they were given") {
            store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            func hint(_ seconds: TimeInterval, at moment: TimeInterval, expires: TimeInterval) -> TimingHint {
                TimingHint(
                    .interval(seconds), reason: "r", source: .model, at: at(moment) + 0.000_1, expires: at(expires))
            }
            let hints = [hint(1, at: 9, expires: 100), hint(2, at: 3, expires: 200), hint(3, at: 5, expires: 50)]
            for hint in hints + [hints[1]] {
                _ = try await store.retime(retiming(job, .baseline, to: nil, hint: hint))
            }
            #expect(try await store.hints(of: job.id, at: at(10)) == [hints[1], hints[2], hints[0]])
            #expect(try await store.hints(of: job.id, at: at(50)) == [hints[1], hints[0]])
            #expect(try await store.hints(of: job.id, at: at(200)).isEmpty)
        },
        StoreConformance("old decisions are deleted once their hints have expired") { store in
            let job = try await store.job(from: .create(exampleJob("a", every(60))))
            _ = try await store.retime(retiming(job, .refused, to: nil))
            _ = try await store.retime(retiming(job, .hint, to: 150))
            while try await store.prune(Retention(age: 100), at: at(900)) > 0 {}
            #expect(try await store.retimings(of: job.id, limit: 9).map(\.rule) == [.hint])
            while try await store.prune(Retention(age: 100), at: at(1200)) > 0 {}
            #expect(try await store.retimings(of: job.id, limit: 9).isEmpty)
        },
    ]
}
