import CronExpressions
import Foundation
import JobModel

/// Decides what becomes of armed triggers whose moment has come: a run, a late run, or a skip with its reason.
///
/// Pure: the scheduler acts on the claims that come back.
package struct DueDecision: Sendable {
    /// Moments further back than this are no longer recorded one by one.
    static let recordedMisses = 100
    /// With the policy `all`: late runs that one downtime may cause.
    static let catchUpCap = 10

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
    /// - Parameter busy: jobs that have a run under way, with the due moment of that run.
    package func claims(
        for armed: [ArmedTrigger], at now: Date, busy: [JobID: Date], token: () -> String
    ) -> [OccurrenceClaim] {
        var busy = busy
        return armed.filter { $0.due <= now }.flatMap { trigger in
            claims(for: trigger, at: now, busy: &busy, token: token)
        }
    }

    private func claims(
        for armed: ArmedTrigger, at now: Date, busy: inout [JobID: Date], token: () -> String
    ) -> [OccurrenceClaim] {
        let job = armed.job
        guard let schedule = job.schedule(of: armed.triggerID) else { return [] }
        let moments = dueMoments(of: schedule, from: armed.due, through: now)
        let after = schedule.next(after: now)
        let dispositions = decide(moments.kept, job: job, at: now, token: token)
        var claims: [OccurrenceClaim] = []
        if moments.passed, let first = moments.kept.first {
            claims.append(claim(armed, due: armed.due, .pass, next: first))
        }
        for (index, due) in moments.kept.enumerated() {
            let next = index + 1 < moments.kept.count ? moments.kept[index + 1] : after
            let disposition = resolveOverlap(dispositions[index], due: due, job: job, busy: &busy)
            claims.append(claim(armed, due: due, disposition, next: next))
        }
        return claims
    }

    private func claim(
        _ armed: ArmedTrigger, due: Date, _ disposition: OccurrenceClaim.Disposition, next: Date?
    ) -> OccurrenceClaim {
        OccurrenceClaim(
            jobID: armed.job.id, triggerID: armed.triggerID, due: due, disposition: disposition, nextDue: next)
    }

    /// The due moments, at most the last `recordedMisses`; `passed` says that earlier ones were dropped.
    private func dueMoments(of schedule: Schedule, from first: Date, through now: Date) -> (kept: [Date], passed: Bool)
    {
        var kept = [first]
        var passed = false
        var last = first
        while let next = schedule.next(after: last), next <= now {
            kept.append(next)
            last = next
            if kept.count > Self.recordedMisses * 2 {
                kept.removeFirst(Self.recordedMisses)
                passed = true
            }
        }
        if kept.count > Self.recordedMisses {
            kept.removeFirst(kept.count - Self.recordedMisses)
            passed = true
        }
        return (kept, passed)
    }

    private func isLate(_ due: Date, at now: Date) -> Bool {
        due < inChargeSince || now.timeIntervalSince(due) > tolerance
    }

    private func decide(
        _ moments: [Date], job: Job, at now: Date, token: () -> String
    ) -> [OccurrenceClaim.Disposition] {
        let late = moments.filter { isLate($0, at: now) }
        let inWindow = late.filter { isInWindow($0, of: job.policies, at: now) }
        let made: Set<Date>
        switch job.policies.missed {
        case .skip: made = []
        case .once: made = Set(inWindow.suffix(1))
        case .all: made = Set(inWindow.suffix(Self.catchUpCap))
        }
        return moments.map { moment in
            guard isLate(moment, at: now) else { return .run(late: false, reason: nil, token: token()) }
            if made.contains(moment) { return .run(late: true, reason: "missed while nothing ran", token: token()) }
            return .skip(reason: skipReason(moment, in: inWindow, job: job, at: now))
        }
    }

    private func isInWindow(_ due: Date, of policies: Policies, at now: Date) -> Bool {
        guard let window = policies.missedWindow else { return true }
        return now.timeIntervalSince(due) <= window
    }

    private func skipReason(_ due: Date, in inWindow: [Date], job: Job, at now: Date) -> String {
        if job.policies.missed == .skip { return "missed while nothing ran" }
        if inWindow.contains(due) { return "missed while nothing ran; a later one was made up" }
        let window = job.policies.missedWindow ?? 0
        return "missed by more than \(Self.hours(window))"
    }

    private static func hours(_ seconds: TimeInterval) -> String {
        seconds >= 3600 ? "\(Int(seconds / 3600)) h" : "\(Int(seconds / 60)) min"
    }

    private func resolveOverlap(
        _ disposition: OccurrenceClaim.Disposition, due: Date, job: Job, busy: inout [JobID: Date]
    ) -> OccurrenceClaim.Disposition {
        guard case .run = disposition else { return disposition }
        defer { busy[job.id] = due }
        guard busy[job.id] != nil, job.policies.overlap == .skip else { return disposition }
        return .skip(reason: "an earlier run was still under way")
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
