import Foundation
import JobModel
import Testing

extension StoreConformance {
    // MARK: Records of steps

    static let steps: [StoreConformance] = [
        StoreConformance("a step's records replace each other by run, index and attempt") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let run = try await store.claimNext(of: job)
            var step = StepRun(
                runID: run.id, index: 1, name: "say", state: .running, attempt: 1, started: at(10),
                process: ProcessIdentity(pid: 12, startTime: .max >> 1))
            try await store.record([step])
            #expect(try await store.stepRuns(of: run.id) == [step])
            step.state = .failed
            step.finished = at(11)
            step.process = nil
            step.result = StepResult(text: "x\u{0}y", exitCode: 1, error: "exit 1", isTransient: true)
            try await store.record([step])
            var first = StepRun(runID: run.id, index: 0, name: "get", state: .skipped, attempt: 1, started: at(10))
            try await store.record([first])
            #expect(try await store.begin(run: run.id, token: "t", at: at(10)))
            #expect(try await store.requeue(run: run.id, token: "t", reason: nil, isDeath: true))
            await expectThrows(.superseded) { try await store.record([step]) }
            #expect(try await store.claim(run: run.id, token: "u", at: at(12)))
            await expectThrows(.superseded) { try await store.record([step]) }
            first.attempt = 2
            try await store.record([first])
            let stored = try await store.stepRuns(of: run.id)
            #expect(stored.map(\.index) == [0, 1, 0] && stored.map(\.attempt) == [1, 1, 2])
            #expect(stored[1] == step)
            #expect(try await store.stepRuns(of: run.id + 1).isEmpty)
            #expect(
                try await store.finish(run: run.id, token: "u", outcome: RunOutcome(state: .succeeded), at: at(13)))
            await expectThrows(.superseded) { try await store.record([first]) }
        },
        StoreConformance("records of steps are kept together, or none of them is") { store in
            let job = try await store.job(from: .create(exampleJob("a", once(10))))
            let run = try await store.claimNext(of: job)
            var get = StepRun(runID: run.id, index: 0, name: "get", state: .running, attempt: 1, started: at(10))
            let begun = get
            (get.state, get.finished, get.result) = (.succeeded, at(11), StepResult(text: "x"))
            let say = StepRun(runID: run.id, index: 1, name: "say", state: .running, attempt: 1, started: at(11))
            try await store.record([begun, get, say])
            #expect(try await store.stepRuns(of: run.id) == [get, say])
            var (end, other) = (say, say)
            (end.state, end.finished, other.runID) = (.failed, at(12), run.id + 1)
            await expectThrows(.superseded) { try await store.record([end, other]) }
            try await store.record([])
            #expect(try await store.stepRuns(of: run.id) == [get, say])
        },
    ]
}
