import Foundation
import JobModel

extension StoreState {
    // MARK: Events

    @discardableResult
    mutating func emit(_ event: Event) -> EmittedEvent {
        let stored = insert(event)
        let caused = listeners(to: stored.name).compactMap { job in
            stored.run(of: job).map { (job: job, run: $0) }
        }
        guard !stored.isTooDeep else {
            if !caused.isEmpty { tell(ChainStop(at: stored, before: caused.map(\.job))) }
            return EmittedEvent(event: stored, runs: [])
        }
        let runs = caused.compactMap { caused in
            try? enqueue(Event.limited(caused.run, waiting: waiting(of: caused.job.id), at: stored.at))
        }
        return EmittedEvent(event: stored, runs: runs.filter { $0.state == .due })
    }

    private func waiting(of job: JobID) -> Int {
        (indexes.byJob[job] ?? []).count { runs[$0]?.state == .due }
    }

    private mutating func insert(_ event: Event) -> Event {
        var stored = event
        lastEvent += 1
        (stored.id, stored.at) = (lastEvent, event.at.rounded)
        events.append(stored)
        watch?.events.append(stored)
        return stored
    }

    private mutating func tell(_ stop: ChainStop) {
        _ = insert(stop.event)
        let isTold = messages.contains { !$0.seen && $0.text == stop.message.text }
        if !isTold { _ = post(stop.message) }
    }

    mutating func tell(_ run: Run, _ kind: LifecycleEvent, at: Date) {
        let reason = kind == .runStarted ? nil : run.reason
        emit(.about(run, of: jobs[run.jobID]?.job.name ?? "", kind, reason: reason, at: at.rounded))
    }

    /// What a run's end means for its job, and who hears of it.
    mutating func follow(_ outcome: RunOutcome, of run: Run, at: Date) {
        var streak = streaks[run.jobID] ?? FailureStreak()
        if outcome.state == .failed {
            streak = FailureStreak(
                count: streak.count + 1, since: streak.since ?? at, latest: at, reason: run.reason)
        }
        if outcome.state == .succeeded { streak = FailureStreak() }
        streaks[run.jobID] = streak
        let name = jobs[run.jobID]?.job.name ?? ""
        if let kind = LifecycleEvent(ending: outcome.state) {
            emit(.about(run, of: name, kind, reason: outcome.reason, at: at))
        }
        guard outcome.pausesJob else { return }
        pause(run.jobID)
        emit(.about(run, of: name, .jobPaused, reason: outcome.reason, at: at))
    }

    private mutating func pause(_ id: JobID) {
        guard jobs[id]?.job.status == .active else { return }
        jobs[id]?.job.status = .paused
        streaks[id] = FailureStreak()
        disarm(id)
    }

    // MARK: Ownership

    mutating func takeOwnership(_ owner: OwnerIdentity, adopting: Bool, at: Date) throws(StoreError) -> Ownership {
        if let known = self.owner, !adopting, !known.machine.isEmpty, !owner.machine.isEmpty,
            known.machine != owner.machine
        {
            throw .copied(path: "memory")
        }
        let before = self.owner
        let epoch = (before?.epoch ?? 0) + 1
        self.owner = (epoch, owner.machine, at.rounded)
        return Ownership(epoch: epoch, clockSeen: before?.clockSeen)
    }

    // MARK: Retention

    mutating func prune(_ retention: Retention, at: Date) -> Int {
        let cutoff = (at - retention.age).rounded
        let queued = Set(deliveries.filter { $0.state == .queued }.compactMap(\.runID))
        let over = runs.values.filter { $0.state.isFinal && !queued.contains($0.id) }
        var doomed = over.filter { $0.due < cutoff && ($0.finished ?? $0.due) < cutoff }.sorted { $0.due < $1.due }
            .prefix(retention.batch).map(\.id)
        let doomedByAge = Set(doomed)
        for (_, ofJob) in Dictionary(grouping: runs.values, by: \.jobID) where doomed.count < retention.batch {
            let kept = ofJob.sorted { $0.due > $1.due }
            guard kept.count >= retention.runsPerJob, let oldest = kept[..<retention.runsPerJob].last?.due else {
                continue
            }
            doomed += kept.reversed().filter {
                $0.due < oldest && $0.state.isFinal && !queued.contains($0.id) && !doomedByAge.contains($0.id)
            }.prefix(retention.batch - doomed.count).map(\.id)
        }
        delete(Set(doomed))
        guard doomed.count < retention.batch else { return doomed.count }
        return doomed.count + pruneOthers(before: cutoff, at: at, limit: retention.batch - doomed.count)
    }

    private mutating func delete(_ ids: Set<RunID>) {
        guard !ids.isEmpty else { return }
        for id in ids {
            indexes.change(runs.removeValue(forKey: id), to: nil)
            stepRuns[id] = nil
            watch?.runs.insert(id)
        }
        deliveries.removeAll { $0.runID.map(ids.contains) ?? false }
        for index in messages.indices where messages[index].runID.map(ids.contains) ?? false {
            messages[index].runID = nil
        }
    }

    private mutating func pruneOthers(before cutoff: Date, at: Date, limit: Int) -> Int {
        let oldMessages = Set(messages.filter { $0.at < cutoff && $0.seen }.prefix(limit).map(\.id))
        messages.removeAll { oldMessages.contains($0.id) }
        let oldEvents = Set(events.filter { $0.at < cutoff }.prefix(limit).map(\.id))
        events.removeAll { oldEvents.contains($0.id) }
        return oldMessages.count + oldEvents.count + pruneRetimings(before: cutoff, limit: limit)
            + pruneSpending(before: cutoff, at: at, limit: limit)
    }
}
