import Foundation
import JobModel

/// How a job behaves: what its kind usually does, and what the person said of it.
extension PlannedIntent {
    /// The policies with what was said in place of theirs.
    static func applying(_ change: PolicyChange?, to policies: Policies) throws -> Policies {
        guard let change else { return policies }
        do throws(PolicyError) {
            return try change.applied(to: policies)
        } catch {
            throw PlanningFailure(error.message)
        }
    }

    /// A new schedule brings its own usual window, unless the person has set one.
    func followingSchedule(_ after: Job, from before: Job) -> Policies {
        var policies = after.policies
        let isUsual = before.policies.missedWindow == Policies.usual(for: before).missedWindow
        if isUsual, policies.missedWindow == before.policies.missedWindow {
            policies.missedWindow = Policies.usual(for: after).missedWindow
        }
        return policies
    }

    /// A job of a registry file is changed in that file alone: what was changed here would not be there after the next read.
    static func requireEditable(_ job: Job) throws {
        guard let file = job.provenance.registry else { return }
        throw PlanningFailure(
            "\"\(job.name)\" is declared in \(file): change it there. Here it can be paused, resumed, run, skipped and snoozed."
        )
    }
}
