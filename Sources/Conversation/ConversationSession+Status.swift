import Foundation
import JobModel

/// How the scheduler is. Whatever cannot be read is left out and said, because trouble is when people ask.
extension ConversationSession {
    func status() async -> Reply {
        let status = await StatusReport.gather(
            from: store, presence: await environment.presence(), sight: await environment.sight(), now: now)
        var reply = Reply(
            lines: status.lines(zone: environment.systemZone, now: now),
            status: status.problem == nil ? .done : .failed,
            records: [status.row])
        reply.runs = status.active.map(\.run.id)
        return reply
    }
}

extension StatusReport {
    /// Overdue moments and runs that are named one by one.
    private static let shown = 20

    /// Never throws: the first problem with the store is part of the report.
    package static func gather(
        from store: any JobStore, presence: SchedulerPresence, sight: SchedulerSight, now: Date
    ) async -> StatusReport {
        var report = StatusReport(presence: presence, sight: sight)
        do {
            report.pausedUntil = try await store.schedulerPause()
            report.armed = try await store.armed(limit: 1).first
            report.overdue = try await OverdueMoments.find(in: store, presence: presence, now: now, limit: shown)
            report.backlog = try await store.backlog(at: now)
            try await report.addRunning(from: store)
        } catch {
            report.problem = (error as? StoreError)?.message ?? "\(error)"
        }
        return report
    }

    private mutating func addRunning(from store: any JobStore) async throws {
        let runs = try await store.runs(RunQuery(states: [.claimed, .running], limit: 1000))
        running = runs.count
        for run in runs.prefix(Self.shown) {
            let job = try await store.job(run.jobID)
            var steps: StepsDone?
            if let job, job.steps.count > 1 {
                steps = StepsDone(of: run, job: job, records: try await store.stepRuns(of: run.id))
            }
            active.append(ActiveRun(run: run, job: job?.name ?? "Job \(run.jobID)", steps: steps))
        }
    }
}

/// Moments that are armed, have passed, and were not looked at.
package enum OverdueMoments {
    /// Seconds that a scheduler may take.
    private static let tolerance: TimeInterval = 10

    /// Earliest first; none while everything is paused, because then nothing should have fired.
    package static func find(
        in store: any JobStore, presence: SchedulerPresence, now: Date, limit: Int
    ) async throws -> [ArmedTrigger] {
        guard try await store.schedulerPause() == nil else { return [] }
        return try await store.armed(dueBy: presence == .none ? now : now - tolerance, limit: limit)
    }
}
