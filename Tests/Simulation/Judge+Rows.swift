import Foundation
import JobModel
import MemoryStore

/// Rows: what may appear, and how it may change.
extension Judge {
    /// What one look at the store has found.
    struct Sight {
        var claimed: [Run] = []
        var ended: [RunID: Run.State] = [:]
        var endEvents: [RunID: Run.State] = [:]
        var made: Set<JobID> = []
        var replaced: Set<JobID> = []
        var byEvent: [EventID: [JobID]] = [:]
        var late: [TriggerID: Int] = [:]
    }

    func observe(_ changes: StoreChanges, in world: World) throws(Violation) {
        step = world.counts.steps
        if let broken { throw broken }
        guard !changes.runs.isEmpty || !changes.events.isEmpty || !changes.deleted.isEmpty else { return }
        var sight = Sight()
        // A look resumes jobs before it claims what they missed.
        for event in changes.events where event.name == LifecycleEvent.jobResumed.rawValue { resumed(event) }
        for run in changes.runs {
            world.steps.note(run)
            if run.id > lastRow { try appeared(run, &sight, in: world) } else { try changed(run, &sight, in: world) }
        }
        for event in changes.events { try heard(event, &sight, in: world) }
        if !changes.deleted.isEmpty { try pruned(changes.deleted) }
        try compare(sight, in: world)
    }

    // MARK: New rows

    private func appeared(_ run: Run, _ sight: inout Sight, in world: World) throws(Violation) {
        lastRow = run.id
        rowsOfJob[run.jobID, default: 0] += 1
        rows[run.id] = Row(run: run, claimedInStep: step)
        if run.cause == .schedule { try account(run, &sight, in: world) }
        if let event = run.eventID { sight.byEvent[event, default: []].append(run.jobID) }
        if run.state != .skipped { sight.made.insert(run.jobID) }
        enter(run)
        if run.state == .claimed || run.state == .running { sight.claimed.append(run) }
        // A run that an event would cause beyond the limit of its job's queue is skipped at once, and tells nothing.
        if run.state.isFinal, run.cause != .event { ended(run, &sight, in: world) }
    }

    /// Each due moment is accounted for once, in its order.
    private func account(_ run: Run, _ sight: inout Sight, in world: World) throws(Violation) {
        guard let id = run.triggerID, let known = moments[id] else { throw violation("run \(run.id) has no trigger") }
        guard !known.hasRow(at: run.due) else { throw violation("two rows for trigger \(id) at \(run.due)") }
        guard let expected = known.expected, abs(expected.timeIntervalSince(run.due)) < 0.001 else {
            let next = known.expected.map { RFC3339.text($0) } ?? "nothing"
            throw violation("trigger \(id): a row for \(RFC3339.text(run.due)), but \(next) was expected: \(run)")
        }
        guard run.due <= max(world.clock.now, world.lookStarted) + 0.001 else { throw violation("early: \(run)") }
        if let through = run.through { try checkSpan(run, to: through, of: known.schedule) }
        moments[id]?.accept(run.due, through: run.through)
        try checkLate(run, &sight, in: world)
    }

    private func checkSpan(_ run: Run, to through: Date, of schedule: Schedule) throws(Violation) {
        guard run.state == .skipped, through >= run.due,
            let last = schedule.previous(before: through + 0.002), abs(last.timeIntervalSince(through)) < 0.001
        else { throw violation("a span that does not end at a moment of its schedule: \(run)") }
    }

    /// Late, or missed, is only what nobody could look at in time; and no more than the policy wants.
    private func checkLate(_ run: Run, _ sight: inout Sight, in world: World) throws(Violation) {
        let isMissed = run.state == .skipped && run.reason?.hasPrefix("missed") == true
        guard run.late || isMissed else { return }
        guard isDisturbed || isOvertaken(run, in: world) else {
            throw violation("late although a scheduler was there: \(run)")
        }
        guard run.late, let id = run.triggerID, let policies = jobs[run.jobID]?.policies else { return }
        world.counts.late += 1
        sight.late[id, default: 0] += 1
        let most = policies.missed == .skip ? 0 : policies.missed == .once ? 1 : policies.missedCap
        let isOld = policies.missedWindow.map { world.lookStarted.timeIntervalSince(run.due) > $0 + 0.001 } ?? false
        guard sight.late[id]! <= most, !isOld else { throw violation("made up against its policy: \(run)") }
    }

    /// A later moment of its trigger has come as well: nobody looked in between.
    private func isOvertaken(_ run: Run, in world: World) -> Bool {
        let next = run.triggerID.flatMap { moments[$0]?.schedule.next(after: run.due) }
        return next.map { $0 <= max(world.clock.now, world.lookStarted) } ?? false
    }

    // MARK: Changes

    private func changed(_ run: Run, _ sight: inout Sight, in world: World) throws(Violation) {
        guard var row = rows[run.id] else { throw violation("a row that was pruned is back: \(run)") }
        let old = row.run
        guard old != run else { return }
        guard !old.state.isFinal else { throw violation("a finished run changed: \(old) became \(run)") }
        guard (old.due, old.jobID, old.triggerID, old.cause) == (run.due, run.jobID, run.triggerID, run.cause) else {
            throw violation("a run became another: \(old), \(run)")
        }
        try checkReturn(from: old, to: run, &row, in: world)
        row.run = run
        if run.attempt > old.attempt { row.claimedInStep = step }
        rows[run.id] = row
        leave(old)
        enter(run)
        if !active.contains(run.id) { unrecorded[run.id] = nil }
        if run.attempt > old.attempt { try checkClaim(of: old, now: run, &sight, in: world) }
        if run.state.isFinal { ended(run, &sight, in: world) }
        if run.state == .retrying { try checkRetry(run, in: world) }
    }

    private func checkReturn(from old: Run, to run: Run, _ row: inout Row, in world: World) throws(Violation) {
        if run.deaths > old.deaths {
            world.counts.deaths += 1
            guard jobs[run.jobID]?.policies.atMostOnce != true, run.deaths < 3, run.deaths == old.deaths + 1 else {
                throw violation("started again after a death, against its policy: \(run)")
            }
        } else if run.state == .due, old.state != .due {
            row.stops += 1
        }
    }

    private func checkClaim(of old: Run, now run: Run, _ sight: inout Sight, in world: World) throws(Violation) {
        guard old.ready <= max(world.clock.now, world.lookStarted) + 0.001 else {
            throw violation("claimed before it was ready: \(old) became \(run)")
        }
        guard run.state == .claimed else { return }
        // A claim leaves behind since when the run was ready.
        var claimed = run
        claimed.notBefore = old.ready
        sight.claimed.append(claimed)
    }

    private func checkRetry(_ run: Run, in world: World) throws(Violation) {
        guard run.notBefore != nil, run.token.isEmpty else { throw violation("a retry without its moment: \(run)") }
    }

    private func ended(_ run: Run, _ sight: inout Sight, in world: World) {
        sight.ended[run.id] = run.state
        switch run.state {
        case .succeeded: world.counts.succeeded += 1
        case .failed: world.counts.failed += 1
        case .cancelled: world.counts.cancelled += 1
        default: world.counts.skips[Self.kind(ofSkip: run.reason ?? ""), default: 0] += 1
        }
        if run.reason?.hasPrefix("given up") == true { world.counts.quarantines += 1 }
        if run.reason == "ended for a newer run" { sight.replaced.insert(run.jobID) }
    }

    /// The reason without its numbers.
    private static func kind(ofSkip reason: String) -> String {
        if let end = reason.firstRange(of: "; so were all") { return String(reason[..<end.lowerBound]) + ", a span" }
        return reason.hasPrefix("missed by more") ? "missed by more than its window" : reason
    }

    func enter(_ run: Run) {
        if run.state.isFinal { return }
        unfinished.insert(run.id, at: Double(run.id))
        switch run.state {
        case .claimed, .running: active.insert(run.id)
        default: waiting.insert(run.id, at: run.ready.timeIntervalSince1970)
        }
    }

    func leave(_ run: Run) {
        unfinished.remove(run.id, at: Double(run.id))
        active.remove(run.id)
        waiting.remove(run.id, at: run.ready.timeIntervalSince1970)
    }
}
