import Foundation
import JobModel

extension StepProgress {
    // MARK: Taking in what steps came to

    /// A step is over, or gave its place up.
    mutating func settle(_ record: StepRun) {
        let index = record.index
        let step = job.steps[index]
        if standings[index] == .underWay { underWay -= 1 }
        var record = record
        if var result = record.result, reads.isAnswer(result, of: index) {
            result.error = nil
            (record.result, record.state) = (result, .succeeded)
        }
        if let moment = record.result?.waitsUntil, record.state == .running {
            standings[index] = .parked(until: moment)
            return
        }
        records[index] = record
        switch record.state {
        case .skipped:
            if let result = record.result, result.inputHash != nil { results[step.name] = result }
            close(index, as: .skipped)
        case .succeeded, .running:
            results[step.name] = record.result
            if let plan = record.result?.plan, take(plan, of: index) { return }
            close(index, as: .succeeded)
        case .failed:
            results[step.name] = record.result
            failed(index)
        }
    }

    private mutating func failed(_ index: Int) {
        switch job.steps[index].onError {
        case .stop, .compensate: close(index, as: .failed)
        case .proceed: close(index, as: .proceeded)
        case .run(let name):
            guard let handler = graph.places[name] else { return close(index, as: .failed) }
            // It counts as asked for by the first of them, whichever failed first.
            if let host = demands[handler]?.host, comesBefore(index, host) { demands[handler]?.host = index }
            guard !isSettled(handler) else { return close(index, as: standing(behind: handler)) }
            standings[index] = .attended
            // One that is under way for another step's failure is waited for; it closes both.
            guard demands[handler] == nil else { return }
            demand(handler, .handler, by: index)
        }
    }

    /// What a failure is that this handler stood in for.
    private func standing(behind handler: Int) -> Standing {
        switch standings[handler] {
        case .succeeded, .proceeded, .replaced: .replaced(by: handler)
        default: .failed
        }
    }

    /// The step is over with all that it asked for; whoever asked for it goes on.
    private mutating func close(_ index: Int, as standing: Standing) {
        standings[index] = standing
        guard let demand = demands[index] else { return }
        switch demand.kind {
        case .handler:
            for host in job.steps.indices where standings[host] == .attended {
                guard case .run(job.steps[index].name) = job.steps[host].onError, records[host]?.state == .failed else {
                    continue
                }
                close(host, as: self.standing(behind: index))
            }
        case .endpoint:
            if standing == .failed {
                failedEndpoints[demand.host, default: []].insert(index)
                waves[demand.host] = []
            }
            nextWave(of: demand.host)
        case .undo: break
        }
    }

    private mutating func demand(_ index: Int, _ kind: Demand.Kind, by host: Int) {
        demands[index] = Demand(kind: kind, host: host, number: demands.count)
        demanded.append(index)
    }

    // MARK: What an agent asks for

    /// The steps that an agent asked for come next, each once a run. A plan is checked here again, whoever wrote it.
    /// True where there are any.
    private mutating func take(_ plan: ExecutionPlan, of index: Int) -> Bool {
        let step = job.steps[index]
        guard case .agent(let order) = step.action else { return false }
        do throws(ExecutionPlan.Refusal) {
            let names = try plan.waves(within: order.endpoints)
            waves[index] = names.map { $0.compactMap { graph.places[$0] }.filter { demands[$0] == nil } }
                .filter { !$0.isEmpty }
        } catch {
            refusedPlans[index] = "the plan of \(step.name) was not carried out: \(error.message)"
        }
        guard waves[index]?.isEmpty == false else { return false }
        standings[index] = .attended
        nextWave(of: index)
        return true
    }

    private mutating func nextWave(of host: Int) {
        let isUnderWay = demands.contains { index, demand in
            demand.host == host && demand.kind == .endpoint && !isSettled(index)
        }
        guard !isUnderWay else { return }
        guard let wave = waves[host]?.first else { return close(host, as: .succeeded) }
        waves[host]?.removeFirst()
        for index in wave { demand(index, .endpoint, by: host) }
    }

    // MARK: Taking back

    /// The undo step of the last step that succeeded and is not taken back yet; false where there is none, or nothing
    /// is to be taken back.
    mutating func undoNext() -> Bool {
        if undoing == nil {
            let compensates = records.keys.contains {
                standings[$0] == .failed && job.steps[$0].onError == .compensate && isCauseOrHandler($0)
            }
            undoing = compensates ? undoSteps : []
        }
        guard undoing?.isEmpty == false, let index = undoing?.removeFirst() else { return false }
        let host = records.keys.first { job.steps[$0].undoneBy == job.steps[index].name } ?? index
        demand(index, .undo, by: host)
        return true
    }

    private func isCauseOrHandler(_ index: Int) -> Bool { demands[index]?.kind != .undo }

    /// Those of steps that succeeded, the latest of these first, each once.
    private var undoSteps: [Int] {
        let done = records.keys.filter { standings[$0] == .succeeded }.sorted(by: comesBefore).reversed()
        return done.compactMap { job.steps[$0].undoneBy.flatMap { graph.places[$0] } }.uniqued()
    }

    // MARK: Ends

    /// It is not under way any more, and nothing is known of its end.
    mutating func abandon(_ index: Int) {
        standings[index] = .open
        underWay -= 1
    }

    /// Ends the run where it is: its records cannot be kept, or somebody stopped it.
    mutating func stop(_ error: String, isTransient: Bool, wasCancelled: Bool = false) {
        guard stopped == nil else { return }
        stopped = Stop(error: error, isTransient: isTransient, wasCancelled: wasCancelled)
    }
}
