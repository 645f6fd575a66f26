import Foundation
import JobModel

/// The ledger: what was started, and what became of it.
extension World {
    func start(_ run: Run, of job: Job, by owner: Owner) -> Script {
        let temper = tempers[job.id] ?? Temper(length: 1, failing: 0, passing: 0)
        var length = dice.chance(0.3) ? 0 : temper.length * (0.5 + dice.share())
        if dice.chance(0.02) { length *= 20 }
        if isDraining { length = min(length, 60) }
        let script = Script(run, owner: owner, ends: clock.monotonic + length, outcome: outcome(of: job, temper))
        counts.fires += 1
        judge.started(script, token: run.token, in: self)
        steps.add("run \(run.id) of job \(job.id), attempt \(run.attempt), starts for \(Int(length)) s")
        if length == 0 {
            script.isOver = true
        } else {
            scripts[run.id, default: []].append(script)
            agenda.add(.scriptEnds(script), at: script.ends)
        }
        return script
    }

    private func outcome(of job: Job, _ temper: Temper) -> RunOutcome {
        guard !isDraining, dice.chance(temper.failing) else {
            return RunOutcome(state: .succeeded, message: "\(job.name): done")
        }
        return RunOutcome(
            state: .failed, reason: "exit 1", message: "\(job.name) failed: exit 1",
            isTransient: dice.chance(temper.passing))
    }

    /// Its scheduler wants it ended: it is, after a while.
    func cancel(_ script: Script) { cancelled.append(script) }

    func endCancelled() {
        guard !cancelled.isEmpty else { return }
        for script in cancelled.sorted(by: { ($0.run, $0.attempt) < ($1.run, $1.attempt) }) {
            guard !script.isOver, !script.owner.isDead else { continue }
            script.ends = min(script.ends, clock.monotonic + (dice.chance(0.5) ? 0 : dice.spread(0.01, 10)))
            if !dice.chance(0.1) { script.outcome = RunOutcome(state: .cancelled, reason: "cancelled") }
            agenda.add(.scriptEnds(script), at: script.ends)
        }
        cancelled = []
    }

    func end(_ script: Script) {
        guard script.ends <= clock.monotonic else { return }
        leaveLedger(script)
        if script.owner === current, judge.holds(script) { judge.unrecorded[script.run] = clock.monotonic }
        guard !script.owner.isStalled else { return undelivered.append(script) }
        script.tell()
    }

    func leaveLedger(_ script: Script) {
        guard !script.isOver else { return }
        script.isOver = true
        scripts[script.run]?.removeAll { $0 === script }
        if scripts[script.run]?.isEmpty == true { scripts[script.run] = nil }
    }

    /// A new owner ends what is left of runs before it starts them again.
    func fence() {
        for run in scripts.keys.sorted() {
            for script in scripts[run] ?? [] where script.owner !== current {
                leaveLedger(script)
                script.outcome = RunOutcome(state: .failed, reason: "signal 9", isTransient: true)
                agenda.add(.scriptEnds(script), at: clock.monotonic + dice.share())
                script.ends = clock.monotonic
            }
        }
    }

    /// Of a scheduler that died: some of them live on, and belong to nobody until they are fenced or end.
    func endScripts(of owner: Owner) {
        for (_, script) in owner.untold.sorted(by: { $0.key < $1.key }) {
            if !script.isOver {
                if dice.chance(0.3) { counts.outlived += 1 } else { leaveLedger(script) }
            }
            script.tell()
        }
        undelivered.removeAll { $0.owner === owner }
    }
}
