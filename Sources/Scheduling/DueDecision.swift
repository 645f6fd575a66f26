import CronExpressions
import Foundation
import JobModel

/// Decides what becomes of armed triggers whose moment has come: a run, a late run, or a skip with its reason.
///
/// Pure: the scheduler acts on the claims that come back. Runs are told to wait; which of them start at once is chosen
/// afterwards, among all that wait (`StartDecision`).
package struct DueDecision: Sendable {
    /// Moments further back than this are no longer recorded one by one.
    static let recordedMisses = 100

    struct Result: Hashable, Sendable {
        var claims: [OccurrenceClaim] = []
        /// Runs that end for a newer one of their job.
        var cancelled: [RunID] = []
    }

    /// When the scheduler took charge: what was due before that was missed.
    package var inChargeSince: Date
    /// Seconds after which a moment counts as missed although the scheduler was there (suspend, clock jump).
    package var tolerance: TimeInterval

    package init(inChargeSince: Date, tolerance: TimeInterval = 10) {
        self.inChargeSince = inChargeSince
        self.tolerance = tolerance
    }

    /// The claims for everything due by `now`, earliest first, each trigger's in order.
    ///
    /// - Parameter unfinished: runs that are not over, by job.
    func decide(_ armed: [ArmedTrigger], at now: Date, unfinished: [JobID: [Run]]) -> Result {
        var result = Result()
        var queues = unfinished.mapValues { Queue($0) }
        for trigger in armed where trigger.due <= now {
            decide(trigger, at: now, queue: &queues[trigger.job.id, default: Queue([])], into: &result)
        }
        return result
    }

    /// What one job has under way and waiting, while its due moments are decided.
    private struct Queue {
        var active: [RunID]
        var waiting: Int
        /// Waits because of this decision, late or in time.
        var added = 0
        var addedInTime = 0

        init(_ runs: [Run]) {
            active = runs.filter { $0.state != .due }.map(\.id)
            waiting = runs.count { $0.state == .due }
        }
    }

    private func decide(_ armed: ArmedTrigger, at now: Date, queue: inout Queue, into result: inout Result) {
        let job = armed.job
        guard let schedule = job.schedule(of: armed.triggerID) else {
            return result.claims.append(claim(armed, due: armed.due, .skip(reason: "its schedule is gone"), next: nil))
        }
        let limit = max(Self.recordedMisses, job.policies.missed == .all ? job.policies.missedCap : 0)
        let moments = MissedMoments(of: schedule, from: armed.due, through: now, limit: limit)
        if let earlier = moments.earlier {
            let reason = "missed while nothing ran; so were all until \(RFC3339.text(earlier.upperBound))"
            result.claims.append(
                claim(
                    armed, due: armed.due, .skip(reason: reason, through: earlier.upperBound), next: moments.latest[0]))
        }
        let after = schedule.next(after: now)
        let dispositions = missed(moments.latest, job: job, at: now)
        for (index, due) in moments.latest.enumerated() {
            let next = index + 1 < moments.latest.count ? moments.latest[index + 1] : after
            let disposition = overlap(dispositions[index], of: job, queue: &queue, cancelled: &result.cancelled)
            result.claims.append(claim(armed, due: due, disposition, next: next))
        }
    }

    private func claim(
        _ armed: ArmedTrigger, due: Date, _ disposition: OccurrenceClaim.Disposition, next: Date?
    ) -> OccurrenceClaim {
        OccurrenceClaim(
            jobID: armed.job.id, triggerID: armed.triggerID, due: due, disposition: disposition, nextDue: next)
    }
}

extension Job {
    func schedule(of trigger: TriggerID) -> Schedule? {
        for candidate in triggers where candidate.id == trigger {
            if case .schedule(let schedule) = candidate.kind { return schedule }
        }
        return nil
    }
}

// MARK: Missed moments

extension DueDecision {
    /// Nobody looked at its moment: it lies before this scheduler's time, too far back, or before another moment of the
    /// same trigger that has come as well.
    private func isLate(_ due: Date, latest: Date?, at now: Date) -> Bool {
        due < inChargeSince || now.timeIntervalSince(due) > tolerance || due != latest
    }

    private func missed(_ moments: [Date], job: Job, at now: Date) -> [OccurrenceClaim.Disposition] {
        let late = moments.filter { isLate($0, latest: moments.last, at: now) }
        let inWindow = late.filter { isInWindow($0, of: job.policies, at: now) }
        let made: Set<Date>
        switch job.policies.missed {
        case .skip: made = []
        case .once: made = Set(inWindow.suffix(1))
        case .all: made = Set(inWindow.suffix(min(job.policies.missedCap, Policies.queueLimit)))
        }
        return moments.map { moment in
            guard isLate(moment, latest: moments.last, at: now) else { return .wait(late: false, reason: nil) }
            if made.contains(moment) { return .wait(late: true, reason: "missed while nothing ran") }
            return .skip(reason: skipReason(moment, in: inWindow, job: job))
        }
    }

    private func isInWindow(_ due: Date, of policies: Policies, at now: Date) -> Bool {
        guard let window = policies.missedWindow else { return true }
        return now.timeIntervalSince(due) <= window
    }

    private func skipReason(_ due: Date, in inWindow: [Date], job: Job) -> String {
        if job.policies.missed == .skip { return "missed while nothing ran" }
        if inWindow.contains(due) { return "missed while nothing ran; a later one was made up" }
        return "missed by more than \(Self.span(job.policies.missedWindow ?? 0))"
    }

    private static func span(_ seconds: TimeInterval) -> String {
        if seconds >= 3600 { return "\(Int(seconds / 3600)) h" }
        return seconds >= 60 ? "\(Int(seconds / 60)) min" : "\(Int(seconds)) s"
    }
}

// MARK: Overlap

extension DueDecision {
    /// Late runs that one downtime makes wait for each other, and so does what is due in time behind them; only what was
    /// there before falls to the overlap policy.
    private func overlap(
        _ disposition: OccurrenceClaim.Disposition, of job: Job, queue: inout Queue, cancelled: inout [RunID]
    ) -> OccurrenceClaim.Disposition {
        guard case .wait(let late, _) = disposition else { return disposition }
        let result = late ? overlapOfLate(disposition, queue: queue) : overlapInTime(disposition, job, queue)
        if case .wait = result {
            queue.added += 1
            if !late { queue.addedInTime += 1 }
            if job.policies.overlap == .cancelOther {
                cancelled += queue.active
                queue.active = []
            }
        }
        return result
    }

    private func overlapOfLate(
        _ disposition: OccurrenceClaim.Disposition, queue: Queue
    ) -> OccurrenceClaim.Disposition {
        queue.waiting + queue.added < Policies.queueLimit ? disposition : Self.full
    }

    private func overlapInTime(
        _ disposition: OccurrenceClaim.Disposition, _ job: Job, _ queue: Queue
    ) -> OccurrenceClaim.Disposition {
        guard queue.waiting + queue.added < Policies.queueLimit else { return Self.full }
        let waiting = queue.waiting + queue.addedInTime
        switch job.policies.overlap {
        case .allow, .cancelOther: return disposition
        case .skip:
            let isFree = queue.active.isEmpty && waiting == 0
            return isFree ? disposition : .skip(reason: "an earlier run was still under way")
        case .queueOne:
            return waiting == 0 ? disposition : .skip(reason: "an earlier run was still under way and another waited")
        }
    }

    private static var full: OccurrenceClaim.Disposition {
        .skip(reason: "\(Policies.queueLimit) runs of it waited already")
    }
}
