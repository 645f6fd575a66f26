import Foundation
import JobModel

/// Planning playbooks that a file describes. The same risks, warnings and cards as for a sentence.
extension Planner {
    /// - Parameters:
    ///   - playbook: as the file has it.
    ///   - before: the job that it takes the place of.
    ///   - difference: what is shown of a change; its next occurrences and what needs a yes are added here.
    package func plan(playbook: Job, replacing before: Job?, difference: [String]) -> PlanningResult {
        let one = PlannedIntent(
            situation: situation, answers: Answers(), provenance: provenance,
            takenNames: situation.jobs.filter { $0.id != before?.id }.map(\.name))
        do {
            let item = try before.map { try one.change($0, into: playbook, difference) } ?? one.create(playbook)
            return .plan(Plan(items: [item]))
        } catch let failure as PlanningFailure {
            return .failure(failure)
        } catch {
            return .failure(PlanningFailure("\(error)"))
        }
    }
}

extension PlannedIntent {
    fileprivate func create(_ playbook: Job) throws -> Plan.Item {
        try requireFreeName(playbook)
        let risks = risks(of: playbook, recipients: recipients(of: playbook))
        let warnings = warnings(for: playbook)
        let card = Card(situation: situation, zoneOfPerson: situation.zone)
            .lines(for: playbook, runNow: false, usual: .usual(for: playbook), risks: risks, warnings: warnings)
        return Plan.Item(.create(playbook, runNow: false), card: card, risks: risks, warnings: warnings)
    }

    fileprivate func change(_ before: Job, into playbook: Job, _ difference: [String]) throws -> Plan.Item {
        try Self.requireEditable(before)
        try requireFreeName(playbook)
        var after = playbook
        after.id = before.id
        after.createdAt = before.createdAt
        after.pausedUntil = after.status == .paused && before.status == .paused ? before.pausedUntil : nil
        let risks = risks(of: after, recipients: recipients(of: after))
        let warnings = warnings(for: after)
        let card = Card(situation: situation, zoneOfPerson: situation.zone)
        return Plan.Item(
            .update(before: before, after: after),
            card: difference + card.nextLines(from: before, to: after) + warnings + card.approvalLines(risks),
            risks: risks, warnings: warnings)
    }

    private func recipients(of job: Job) -> [Recipient] { (job.delivery + job.steps.flatMap(\.recipients)).uniqued() }

    private func requireFreeName(_ playbook: Job) throws {
        guard takenNames.contains(where: { Job.nameKey($0) == Job.nameKey(playbook.name) }) else { return }
        throw PlanningFailure("There is a job \"\(playbook.name)\" already; choose another name.")
    }
}
