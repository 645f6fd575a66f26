import Foundation
import JobModel

/// One look at the store: what is due becomes runs, and the most urgent of those that wait are claimed.
extension Scheduler {
    /// Due moments that one cycle turns into runs; the next cycle follows at once where there are more.
    private static let largestCycle = 1000

    /// So often one call looks again; whatever stands in the way then is not looked at without a pause.
    private static let mostLooks = 100

    /// Claims as much of what is due by `now` and of what waits as there is room for; returns the runs to perform, most
    /// urgent first. Called again until it returns none: room that one job cannot use may be another's.
    ///
    /// - Parameter queueUntil: Takes from the queue what is due by then, although the clock is read as `now`.
    package func prepare(at now: Date, queueUntil: Date? = nil) async throws -> [Run] {
        for _ in 0..<Self.mostLooks {
            // What was chosen was not to be had (its moment has a row already, it was cancelled), or skips caused runs:
            // looks once more, since no end of a run will.
            guard let claimed = try await look(at: now, queueUntil: queueUntil ?? now) else { return [] }
            if !claimed.isEmpty { return claimed }
        }
        return []
    }

    /// One look; `nil` where there was nothing to write.
    private func look(at now: Date, queueUntil: Date) async throws -> [Run]? {
        try await noticeClock(now)
        try await stopLostRuns()
        if try await isPaused(at: now) { return nil }
        _ = try await store.resumeDue(at: now)
        let armed = try await store.armed(dueBy: now, limit: Self.largestCycle)
        let unfinished = try await store.unfinished(of: armed.map(\.job.id))
        let decision = DueDecision(inChargeSince: inChargeSince).decide(armed, at: now, unfinished: unfinished)
        let places = underWay.values.map(\.place)
        let waiting = try await candidates(readyBy: queueUntil, underWay: places)
        var request = request(decision, armed: armed, waiting: waiting, underWay: places, at: now)
        request.messages = MissedReport(claims: decision.claims, armed: armed, now: now).messages
        guard !request.isEmpty else { return nil }
        return try await claim(request, at: now, policies: policies(of: armed, waiting: waiting))
    }

    /// A candidate for a start: a run that waits already, or a due moment that is about to become one.
    private struct Candidate {
        var run: Run?
        var occurrence: Int?
        var place: StartDecision.Place
    }

    private struct Waiting {
        var run: Run
        var policies: Policies
    }

    private func candidates(readyBy moment: Date, underWay places: [StartDecision.Place]) async throws -> [Waiting] {
        let decision = StartDecision(limits: configuration.limits)
        let free = configuration.limits.total - places.count
        guard free > 0 else { return [] }
        var query = QueueQuery(
            readyBy: moment, limit: free, excludedJobs: decision.fullJobs(places),
            excludedGroups: decision.fullGroups(places))
        let counts = Dictionary(grouping: places, by: \.job).mapValues(\.count)
        var known: [JobID: Policies] = [:]
        while true {
            var waiting: [Waiting] = []
            var full: Set<JobID> = []
            for run in try await store.queue(query) {
                if known[run.jobID] == nil { known[run.jobID] = try await store.job(run.jobID)?.policies ?? Policies() }
                let policies = known[run.jobID] ?? Policies()
                if counts[run.jobID, default: 0] >= policies.jobLimit { full.insert(run.jobID) }
                waiting.append(Waiting(run: run, policies: policies))
            }
            // A job that was given a stricter limit while its runs are under way would stand in the way of all others.
            guard !full.isEmpty else { return waiting }
            query.excludedJobs.formUnion(full)
        }
    }

    private func request(
        _ decision: DueDecision.Result, armed: [ArmedTrigger], waiting: [Waiting],
        underWay places: [StartDecision.Place], at now: Date
    ) -> ClaimRequest {
        var request = ClaimRequest(epoch: epoch, occurrences: decision.claims, cancelled: decision.cancelled)
        let jobs = Dictionary(armed.map { ($0.job.id, $0.job.policies) }, uniquingKeysWith: { $1 })
        var candidates = waiting.map { Candidate(run: $0.run, place: .init($0.run, $0.policies)) }
        for (index, claim) in decision.claims.enumerated() {
            guard case .wait = claim.disposition, let policies = jobs[claim.jobID] else { continue }
            candidates.append(Candidate(occurrence: index, place: .init(claim, policies)))
        }
        let chosen = StartDecision(limits: configuration.limits)
            .choose(from: candidates.map(\.place), underWay: places, at: now)
        for candidate in chosen.map({ candidates[$0] }) {
            if let run = candidate.run { request.queued.append(RunClaim(id: run.id, token: newToken())) }
            guard let index = candidate.occurrence,
                case .wait(let late, let reason) = request.occurrences[index].disposition
            else { continue }
            request.occurrences[index].disposition = .run(late: late, reason: reason, token: newToken())
        }
        return request
    }

    private func policies(of armed: [ArmedTrigger], waiting: [Waiting]) -> [JobID: Policies] {
        let pairs = armed.map { ($0.job.id, $0.job.policies) } + waiting.map { ($0.run.jobID, $0.policies) }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    private func claim(_ request: ClaimRequest, at now: Date, policies: [JobID: Policies]) async throws -> [Run] {
        hooks.boundary(.beforeClaim)
        let claimed = try await store.claim(request, at: now)
        hooks.boundary(.afterClaim)
        if !claimed.isEmpty { logger.debug("runs claimed", metadata: ["count": .stringConvertible(claimed.count)]) }
        let wasIdle = underWay.isEmpty
        for run in claimed {
            let policies = policies[run.jobID] ?? Policies()
            underWay[run.id] = Active(run: run, policies: policies, place: .init(run, policies))
        }
        if wasIdle, !claimed.isEmpty { hooks.live(true) }
        if !request.cancelled.isEmpty { try await stopLostRuns() }
        if !request.messages.isEmpty { hooks.announce() }
        return claimed.sorted { left, right in
            left.priority == right.priority
                ? (left.due, left.id) < (right.due, right.id) : left.priority > right.priority
        }
    }

    /// Runs that a person cancelled, or that another owner took over, are ended here.
    private func stopLostRuns() async throws {
        let begun = underWay.values.filter { $0.execution != nil }
        guard !begun.isEmpty else { return }
        let claims = begun.map { RunClaim(id: $0.run.id, token: $0.run.token) }
        for id in try await store.lost(claims) { underWay[id]?.execution?.cancel() }
    }

    /// Pausing everything is kept in the store, so that it holds over restarts and for every process.
    private func isPaused(at now: Date) async throws -> Bool {
        guard let until = try await store.schedulerPause() else { return false }
        guard until <= now else { return true }
        try await store.pauseScheduler(until: nil, at: now)
        return false
    }
}

extension StartDecision.Place {
    init(_ run: Run, _ policies: Policies) {
        self.init(
            job: run.jobID, group: run.group, priority: run.priority, ready: run.ready, jobLimit: policies.jobLimit)
    }

    init(_ claim: OccurrenceClaim, _ policies: Policies) {
        self.init(
            job: claim.jobID, group: policies.group, priority: policies.priority, ready: claim.due,
            jobLimit: policies.jobLimit)
    }
}
