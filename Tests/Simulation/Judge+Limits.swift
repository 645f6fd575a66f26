import Foundation
import JobModel
import Scheduling

/// What holds over several runs: limits, ends, and nobody who waits for nothing.
extension Judge {
    func compare(_ sight: Sight, in world: World) throws(Violation) {
        guard sight.ended == sight.endEvents else {
            throw violation("ends \(sight.ended) do not fit the events of ends \(sight.endEvents)")
        }
        guard sight.replaced.isSubset(of: sight.made) else {
            throw violation("runs of jobs \(sight.replaced) were ended for newer ones that do not exist")
        }
        if !sight.claimed.isEmpty { try checkLimits(sight.claimed, in: world) }
    }

    /// With what was just claimed, nothing is over its limit.
    private func checkLimits(_ claimed: [Run], in world: World) throws(Violation) {
        let use = Use(in: self, world)
        let limits = world.configuration.limits
        guard use.total <= limits.total else { throw violation("\(use.total) runs, the limit is \(limits.total)") }
        for run in claimed {
            if let group = run.group, use.groups[group, default: 0] > limits.groups[group] ?? 1 {
                throw violation("\(use.groups[group]!) runs of group \(group)")
            }
            let most = jobs[run.jobID]?.policies.mostAtATime ?? 1
            guard use.jobs[run.jobID, default: 0] <= most else {
                throw violation("\(use.jobs[run.jobID]!) runs of job \(run.jobID), its limit is \(most)")
            }
        }
        if !waiting.isEmpty { try checkOvertaking(claimed, use, world) }
    }

    /// Whoever waits rises, whatever its priority: runs that became ready ten minutes after it come first only where
    /// chance has it so, and never often.
    private func checkOvertaking(_ claimed: [Run], _ use: Use, _ world: World) throws(Violation) {
        let now = world.clock.now.timeIntervalSince1970
        for index in 0..<min(waiting.count, 3) {
            let entry = waiting[index]
            guard entry.moment <= now, let run = rows[entry.id]?.run, hasRoom(run, use, world) else { continue }
            for other in claimed where other.ready.timeIntervalSince1970 > entry.moment + 600 {
                rows[entry.id]?.overtaken += 1
            }
            guard rows[entry.id]!.overtaken <= 50 else { throw violation("overtaken again and again: \(run)") }
        }
    }

    private func hasRoom(_ run: Run, _ use: Use, _ world: World) -> Bool {
        let limits = world.configuration.limits.groups
        let most = jobs[run.jobID]?.policies.mostAtATime ?? 1
        let hasGroup = run.group.map { use.groups[$0, default: 0] < limits[$0] ?? 1 } ?? true
        return hasGroup && use.jobs[run.jobID, default: 0] < most && !hasOlderLimits(run.jobID)
    }

    /// Places that are taken: runs that are claimed or running, and what the owner still has to do with runs that are
    /// over already.
    struct Use {
        var total = 0
        var jobs: [JobID: Int] = [:]
        var groups: [String: Int] = [:]

        init(in judge: Judge, _ world: World) {
            for id in judge.active {
                guard let run = judge.rows[id]?.run else { continue }
                add(run.jobID, run.group)
            }
            for (id, one) in world.current?.performing ?? [:] where !judge.active.contains(id) {
                add(one.run.jobID, one.run.group)
            }
        }

        private mutating func add(_ job: JobID, _ group: String?) {
            total += 1
            jobs[job, default: 0] += 1
            if let group { groups[group, default: 0] += 1 }
        }
    }

    // MARK: At rest

    func checkRest(_ world: World) throws(Violation) {
        if let broken { throw broken }
        guard let owner = world.current, owner.phase == .inCharge, !owner.isStalled, !owner.isLooking,
            owner.failedLooks == 0, world.waiting.isEmpty, restedAt == world.clock.now,
            owner.troubleUntil <= world.clock.monotonic
        else { return lastDisturbance = world.clock.monotonic }
        guard world.pausedUntil.map({ $0 <= world.clock.now }) ?? true else { return }
        isDisturbed = false
        try checkNothingIsOverdue(at: world.clock.now)
        if !waiting.isEmpty { try checkNobodyWaitsForNothing(world) }
        try checkRecorded(world)
    }

    private func checkNothingIsOverdue(at now: Date) throws(Violation) {
        for (id, known) in moments {
            // Stores keep whole milliseconds.
            guard let due = known.expected, due + 0.001 <= now else { continue }
            throw violation("trigger \(id) was due at \(RFC3339.text(due)), and nothing came of it")
        }
    }

    private func checkNobodyWaitsForNothing(_ world: World) throws(Violation) {
        let limits = world.configuration.limits
        let use = Use(in: self, world)
        guard use.total < limits.total else { return }
        let now = world.clock.now.timeIntervalSince1970
        for index in 0..<min(waiting.count, 50) {
            guard waiting[index].moment <= now, let run = rows[waiting[index].id]?.run else { return }
            guard !hasRoom(run, use, world) else {
                throw violation("waits although there is room beside \(use) within \(limits): \(run)")
            }
        }
    }

    /// What is under way keeps the limit that its job had when it was claimed.
    private func hasOlderLimits(_ job: JobID) -> Bool {
        active.contains { id in
            rows[id].map { $0.run.jobID == job && $0.claimedInStep <= changedInStep[job] ?? 0 } ?? false
        }
    }

    /// What a script came to is in the store soon after.
    private func checkRecorded(_ world: World) throws(Violation) {
        for (id, moment) in unrecorded where world.clock.monotonic - max(moment, lastDisturbance) > 120 {
            throw violation("run \(id) ended \(Int(world.clock.monotonic - moment)) s ago, which is not recorded")
        }
    }

    // MARK: What schedulers and scripts do

    /// The run is still about this start.
    func holds(_ script: Script) -> Bool {
        active.contains(script.run) && rows[script.run]?.run.attempt == script.attempt
    }

    func begun(_ id: RunID, token: String, by owner: Owner) { rows[id]?.begunToken = token }

    func finished(_ id: RunID, token: String, by owner: Owner, world: World, holds: Bool) {
        guard holds else {
            if owner.phase != .inCharge { world.counts.refused += 1 }
            return
        }
        guard let row = rows[id], active.contains(id), row.run.token == token else {
            return complain("owner \(owner.number) finished run \(id), which it did not hold")
        }
    }

    func started(_ script: Script, token: String, in world: World) {
        // One that was stopped between its begin and its start cannot know better.
        guard script.owner === world.current else { return world.counts.staleStarts += 1 }
        guard let row = rows[script.run] else { return complain("run \(script.run) started without a row") }
        rows[script.run]?.starts += 1
        guard row.begunToken == token else { return complain("run \(script.run) started, but was not begun") }
        guard row.starts <= row.retries + row.run.deaths + row.stops else {
            return complain("run \(script.run) has had \(row.starts) starts before this one: \(row)")
        }
        if let twin = world.scripts[script.run]?.first {
            complain("run \(script.run) started while attempt \(twin.attempt) of it goes on")
        }
    }
}

extension Policies {
    /// Runs of the job at a time.
    fileprivate var mostAtATime: Int { overlap == .allow ? parallel ?? .max : 1 }
}
