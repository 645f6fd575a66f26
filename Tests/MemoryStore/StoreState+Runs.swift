import Foundation
import JobModel

extension StoreState {
    // MARK: Due moments

    func armed(dueBy moment: Date?, limit: Int) -> [ArmedTrigger] {
        let end = moment?.rounded ?? .distantFuture
        return armedOrder.entries.prefix { $0.moment <= end }.prefix(limit).compactMap { entry in
            triggers[entry.id].flatMap { job($0.job) }
                .map { ArmedTrigger(job: $0, triggerID: entry.id, due: entry.moment) }
        }
    }

    mutating func rearm(after moment: Date) {
        takeBack(after: moment.rounded)
        for trigger in triggers.values {
            guard let due = trigger.nextDue, case .schedule(let schedule) = trigger.kind,
                let next = schedule.next(after: moment)?.rounded, next < due
            else { continue }
            setDue(trigger.id, next)
        }
    }

    private mutating func takeBack(after now: Date) {
        for run in runs.values where run.cause == .schedule && run.triggerID.flatMap({ triggers[$0]?.nextDue }) != nil {
            if run.due > now, run.state == .skipped || (run.state == .due && run.attempt == 0) {
                indexes.change(runs.removeValue(forKey: run.id), to: nil)
                watch?.runs.insert(run.id)
                occurrences.remove(Occurrence(job: run.jobID, trigger: run.triggerID ?? 0, due: run.due))
            } else if run.state == .skipped, var trimmed = runs[run.id], let through = run.through, through > now {
                trimmed.through = now
                put(trimmed)
            }
        }
        for id in indexes.unfinished {
            guard var run = run(id, in: [.due, .retrying, .waiting]), run.ready > now,
                run.attempt > 0 || run.cause != .schedule
            else { continue }
            run.notBefore = now
            put(run)
        }
    }

    mutating func carryOut(_ request: ClaimRequest, at: Date) throws(StoreError) -> [Run] {
        if let epoch = request.epoch {
            guard epoch == owner?.epoch else { throw .superseded }
            owner?.clockSeen = at.rounded
        }
        var claimed: [Run] = []
        var made: Set<JobID> = []
        for occurrence in request.occurrences {
            guard let run = decide(occurrence, at: at) else { continue }
            if run.state != .skipped { made.insert(run.jobID) }
            if run.state == .claimed { claimed.append(run) }
            if run.state == .skipped { tell(run, .runSkipped, at: at) }
        }
        for id in request.cancelled where runs[id].map({ made.contains($0.jobID) }) ?? false {
            _ = cancel(id, reason: "ended for a newer run", at: at)
        }
        claimed += request.queued.compactMap { claim($0) }
        for occurrence in request.occurrences where occurrence.nextDue == nil {
            finishIfSpent(occurrence.jobID, at: at)
        }
        for message in request.messages { _ = post(message) }
        return claimed
    }

    private mutating func decide(_ claim: OccurrenceClaim, at: Date) -> Run? {
        let due = claim.due.rounded
        guard let trigger = triggers[claim.triggerID], trigger.job == claim.jobID, trigger.nextDue == due else {
            return nil
        }
        let next = next(claim, of: trigger)
        setDue(claim.triggerID, next)
        var run = Run(jobID: claim.jobID, triggerID: claim.triggerID, cause: .schedule, due: due)
        switch claim.disposition {
        case .skip(let reason, let through):
            (run.state, run.reason, run.finished, run.through) = (.skipped, reason, at.rounded, through?.rounded)
        case .wait(let late, let reason):
            (run.state, run.late, run.reason) = (.due, late, reason)
        case .run(let late, let reason, let token):
            (run.state, run.late, run.reason, run.token, run.attempt) = (.claimed, late, reason, token, 1)
        }
        return insert(run) ?? insertSpan(run, of: trigger)
    }

    /// A span keeps its row where its first moment has one already: the clock was set back.
    private mutating func insertSpan(_ run: Run, of trigger: StoredTrigger) -> Run? {
        guard let through = run.through, case .schedule(let schedule) = trigger.kind else { return nil }
        var (run, cursor) = (run, run.due)
        while let next = schedule.next(after: cursor), next <= through + 0.001 {
            (run.due, cursor) = (next.rounded, next)
            if let made = insert(run) { return made }
        }
        return nil
    }

    private func next(_ claim: OccurrenceClaim, of trigger: StoredTrigger) -> Date? {
        guard let next = claim.nextDue?.rounded, next <= claim.due.rounded else { return claim.nextDue?.rounded }
        guard case .schedule(let schedule) = trigger.kind else { return nil }
        return schedule.next(after: claim.due + 0.001)?.rounded
    }

    // MARK: The way of a run

    mutating func enqueue(_ run: Run) throws(StoreError) -> Run {
        guard job(run.jobID) != nil else { throw .noSuchJob(run.jobID) }
        var stored = run
        (stored.due, stored.notBefore) = (run.due.rounded, run.notBefore?.rounded)
        guard let inserted = insert(stored) else {
            throw .unavailable(path: "memory", detail: "this occurrence has its run already")
        }
        return inserted
    }

    private mutating func insert(_ run: Run) -> Run? {
        if run.cause == .schedule, let trigger = run.triggerID {
            let occurrence = Occurrence(job: run.jobID, trigger: trigger, due: run.due)
            guard occurrences.insert(occurrence).inserted else { return nil }
        }
        if let trigger = run.triggerID, let event = run.eventID {
            guard reactions.insert(Reaction(trigger: trigger, event: event)).inserted else { return nil }
        }
        var stored = run
        lastRun += 1
        stored.id = lastRun
        let policies = jobs[run.jobID]?.job.policies
        (stored.priority, stored.group) = (policies?.priority ?? .normal, policies?.group)
        put(stored)
        return stored
    }

    private mutating func put(_ run: Run) {
        indexes.change(runs.updateValue(run, forKey: run.id), to: run)
        watch?.runs.insert(run.id)
    }

    /// The run, while it is in one of `states` and (where a token is given) claimed with it.
    func run(_ id: RunID, in states: Set<Run.State>, token: String? = nil) -> Run? {
        guard let run = runs[id], states.contains(run.state), token == nil || token == run.token else { return nil }
        return run
    }

    private mutating func claim(_ claim: RunClaim) -> Run? {
        guard var run = run(claim.id, in: [.due, .retrying, .waiting]) else { return nil }
        if run.state == .retrying, !run.late { run.reason = nil }
        if run.state != .waiting { run.started = nil }
        (run.state, run.token, run.notBefore) = (.claimed, claim.token, nil)
        run.attempt += 1
        put(run)
        return run
    }

    mutating func begin(_ id: RunID, token: String, at: Date) -> Bool {
        guard var run = run(id, in: [.claimed], token: token) else { return false }
        (run.state, run.started) = (.running, run.started ?? at.rounded)
        put(run)
        tell(run, .runStarted, at: at)
        if run.late, run.attempt == 1 { tell(run, .runLate, at: at) }
        return true
    }

    mutating func finish(_ id: RunID, token: String, outcome: RunOutcome, at: Date) -> Bool {
        guard var run = run(id, in: [.claimed, .running], token: token) else { return false }
        (run.state, run.output) = (outcome.state, outcome.output)
        run.reason = outcome.reason ?? run.reason
        run.finished = outcome.state.isFinal ? at.rounded : nil
        run.notBefore = outcome.state.isFinal ? nil : (outcome.retryAt ?? at).rounded
        if outcome.state == .waiting { run.stops += 1 }
        if !outcome.state.isFinal { run.token = "" }
        put(run)
        leave(outcome, of: run, at: at.rounded)
        if outcome.state.isFinal { finishIfSpent(run.jobID, at: at) }
        return true
    }

    mutating func requeue(_ id: RunID, token: String, reason: String?, isDeath: Bool) -> Bool {
        guard var run = run(id, in: [.claimed, .running], token: token) else { return false }
        switch run.state {
        case .claimed: run.attempt -= 1
        case _ where isDeath: run.deaths += 1
        default: run.stops += 1
        }
        (run.state, run.token, run.notBefore, run.started) = (.due, "", nil, nil)
        run.reason = reason ?? run.reason
        put(run)
        return true
    }

    mutating func cancel(_ id: RunID, reason: String, at: Date) -> Bool {
        guard var run = run(id, in: [.due, .claimed, .running, .retrying, .waiting]) else { return false }
        (run.state, run.finished, run.notBefore, run.reason) = (.cancelled, at.rounded, nil, reason)
        put(run)
        tell(run, .runCancelled, at: at)
        finishIfSpent(run.jobID, at: at)
        return true
    }

    // MARK: Reading

    func queue(_ query: QueueQuery) -> [Run] {
        let end = query.readyBy.rounded
        let chosen = indexes.waiting.values.flatMap { order in
            order.entries.lazy.prefix { $0.moment <= end }.compactMap { self.runs[$0.id] }
                .filter { run in
                    !query.excludedJobs.contains(run.jobID)
                        && !(run.group.map(query.excludedGroups.contains) ?? false)
                }.prefix(query.limit)
        }
        return chosen.sorted { ($0.ready, $0.id) < ($1.ready, $1.id) }
    }

    func backlog(at: Date) -> Backlog {
        let orders = indexes.waiting.values
        let oldest = orders.compactMap(\.first?.moment).min()
        return Backlog(
            waiting: orders.reduce(0) { $0 + $1.entries.count },
            oldestReady: oldest.flatMap { $0 <= at.rounded ? $0 : nil })
    }

    func nextReady(after moment: Date) -> Date? {
        indexes.waiting.values.compactMap { $0.first(after: moment.rounded)?.moment }.min()
    }

    func unfinished(of jobs: [JobID]) -> [JobID: [Run]] {
        var found: [JobID: [Run]] = [:]
        for job in jobs {
            guard let ids = indexes.byJob[job] else { continue }
            found[job] = ids.sorted().compactMap { runs[$0] }
        }
        return found
    }

    func lost(_ claims: [RunClaim]) -> Set<RunID> {
        Set(claims.filter { run($0.id, in: [.claimed, .running], token: $0.token) == nil }.map(\.id))
    }

    var interrupted: [Run] {
        indexes.unfinished.compactMap { run($0, in: [.claimed, .running]) }.sorted { $0.id < $1.id }
    }

    func runs(_ query: RunQuery) -> [Run] {
        let matching = runs.values.filter { run in
            (query.job == nil || run.jobID == query.job) && (query.states.isEmpty || query.states.contains(run.state))
                && (query.since == nil || run.due >= query.since!.rounded)
        }
        return Array(matching.sorted { ($0.due, $0.id) > ($1.due, $1.id) }.prefix(query.limit))
    }
}
