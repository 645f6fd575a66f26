import Foundation
import JobModel
import Planning

/// What `show` says of a job that re-times itself.
package enum RetimingLines {
    /// "Re-timed: next Fri 27 Mar 11:00 +01:00 because "quiet" (a step's hint; between 10 min and 6 h; by the schedule …)."
    ///
    /// - Parameters:
    ///   - armed: the decision that the job is armed by; `nil` where its schedule arms it.
    ///   - decisions: the last ones, latest first; a run may have had its hint refused and an earlier one go on.
    package static func lines(
        armed: Retiming?, ofLastRun decisions: [Retiming], of job: Job, now: Date
    ) -> [String] {
        var lines: [String] = []
        if let armed, let chosen = armed.chosen, let bounds = job.policies.adaptive {
            let text = OccurrenceText(zone: job.schedules.first?.zone ?? "UTC")
            var facts = [armed.hint?.source == .model ? "a model's hint" : "a step's hint"]
            if armed.rule == .pause { facts[0] += ", a pause" }
            let limits = "between \(Card.duration(bounds.shortest)) and \(Card.duration(bounds.longest))"
            facts.append(armed.isClamped ? "held \(limits)" : limits)
            if let baseline = armed.baseline { facts.append("by the schedule \(text.moment(baseline, now: now))") }
            lines.append(
                "Re-timed: next \(text.moment(chosen, now: now)) because \"\(armed.reason)\" (\(facts.joined(separator: "; ")))."
            )
        }
        for decision in decisions where decision.runID == decisions[0].runID {
            switch decision.rule {
            case .refused: lines.append("Its last hint was refused: \(decision.reason).")
            case .baseline: lines.append("Its last hint changed nothing: \(decision.reason).")
            case .pause, .hint: break
            }
        }
        return lines
    }
}

extension ConversationSession {
    /// By job, the decision that it is armed by; jobs that their schedules arm are left out.
    func retimings(of jobs: [Job]) async throws -> [JobID: Retiming] {
        var found: [JobID: Retiming] = [:]
        for job in jobs where job.status == .active && job.policies.adaptive != nil {
            let decisions = try await store.retimings(of: job.id, limit: 20)
            guard let applied = decisions.first(where: \.rule.isApplied), let chosen = applied.chosen, chosen > now,
                try await store.armed(dueBy: chosen, limit: 10_000).contains(where: {
                    $0.job.id == job.id && $0.due == chosen
                })
            else { continue }
            found[job.id] = applied
        }
        return found
    }

    func retimingLines(of job: Job, armed: Retiming?) async throws -> [String] {
        guard job.policies.adaptive != nil else { return [] }
        let decisions = try await store.retimings(of: job.id, limit: 2)
        return RetimingLines.lines(armed: armed, ofLastRun: decisions, of: job, now: now)
    }
}
