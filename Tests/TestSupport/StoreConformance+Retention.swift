import Foundation
import JobModel
import Testing

extension JobStore {
    /// Until nothing is left to delete; how much that was.
    fileprivate func pruneAll(_ retention: Retention, at date: Date) async throws -> Int {
        var deleted = 0
        while true {
            let rows = try await prune(retention, at: date)
            guard rows > 0 else { return deleted }
            deleted += rows
        }
    }
}

extension StoreConformance {
    static let retention: [StoreConformance] = [
        StoreConformance("runs that are over and old are deleted with their steps, a few at a time") { store in
            let job = try await store.job(from: .create(exampleJob("a")))
            for second in 0..<5 { try await store.ended(job, .succeeded, at: at(Double(second))) }
            let first = try await store.begun(job, at: at(5))
            let step = StepRun(runID: first.id, index: 0, name: "s", state: .succeeded, attempt: 1, started: start)
            try await store.record(step)
            #expect(try await store.finish(run: first.id, token: "t", outcome: RunOutcome(state: .failed), at: at(6)))
            let young = try await store.ended(job, .succeeded, at: at(95))
            let rule = Retention(age: 50, runsPerJob: 100, batch: 2)
            #expect(try await store.prune(rule, at: at(100)) == 2)
            #expect(try await store.runs(RunQuery()).count == 5)
            _ = try await store.pruneAll(rule, at: at(100))
            #expect(try await store.runs(RunQuery()).map(\.id) == [young.id])
            #expect(try await store.stepRuns(of: first.id).isEmpty)
        },
        StoreConformance("old runs stay that are not over, or whose deliveries are not sent") { store in
            let job = try await store.job(from: .create(exampleJob("a")))
            let running = try await store.begun(job)
            let waiting = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: start))
            let sending = try await store.begun(job)
            let words = OutgoingMessage(recipients: [Recipient("log")], text: "x")
            let outcome = RunOutcome(state: .succeeded, message: "done", deliveries: [words])
            #expect(try await store.finish(run: sending.id, token: "t", outcome: outcome, at: start))
            let rule = Retention(age: 50, runsPerJob: 1)
            _ = try await store.pruneAll(rule, at: at(100))
            #expect(try await Set(store.runs(RunQuery()).map(\.id)) == [running.id, waiting.id, sending.id])
            var delivery = try #require(await store.pendingDeliveries().first)
            (delivery.state, delivery.finished) = (.sent, at(101))
            try await store.update(delivery)
            _ = try await store.pruneAll(rule, at: at(102))
            #expect(try await Set(store.runs(RunQuery()).map(\.id)) == [running.id, waiting.id])
            #expect(try await store.deliveries(limit: 9).isEmpty)
            // Nobody has seen its message: it stays, and belongs to no run any more.
            let message = try #require(await store.messages(unseenOnly: true, limit: 9).first)
            #expect(message.text == "done" && message.runID == nil && message.jobID == job.id)
        },
        StoreConformance("of each job its newest runs are kept") { store in
            let a = try await store.job(from: .create(exampleJob("a")))
            let b = try await store.job(from: .create(exampleJob("b")))
            var kept: [RunID] = []
            for second in 0..<5 { kept.append(try await store.ended(a, .succeeded, at: at(Double(second))).id) }
            kept = kept.suffix(2)
            for second in 0..<2 { kept.append(try await store.ended(b, .failed, at: at(Double(second))).id) }
            #expect(try await store.pruneAll(Retention(age: 1000, runsPerJob: 2), at: at(10)) == 3)
            #expect(try await Set(store.runs(RunQuery()).map(\.id)) == Set(kept))
        },
        StoreConformance("old events and seen messages go, and numbers are not given again") { store in
            for second in [0.0, 80] { _ = try await store.emit(Event(name: "a.b", at: at(second))) }
            for (second, seen) in [(0.0, true), (0, false), (80, true)] {
                _ = try await store.post(
                    Message(jobID: nil, runID: nil, at: at(second), text: "\(second) \(seen)", seen: seen))
            }
            _ = try await store.pruneAll(Retention(age: 50), at: at(100))
            #expect(try await store.events(after: 0, limit: 9).map(\.id) == [2])
            #expect(try await store.messages(unseenOnly: false, limit: 9).map(\.text) == ["0.0 false", "80.0 true"])
            _ = try await store.pruneAll(Retention(age: 50), at: at(200))
            #expect(try await store.lastEventID() == 2)
            #expect(try await store.emit(Event(name: "a.b", at: at(200))).event.id == 3)
        },
    ]
}
