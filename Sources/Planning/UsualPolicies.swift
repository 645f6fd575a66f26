import Foundation
import JobModel

extension Policies {
    /// The policies of a job for which nobody named any.
    ///
    /// A reminder that was missed is told however late; anything else is made up within one period, a day at most.
    package static func usual(for job: Job) -> Policies {
        var policies = Policies()
        let actions = job.steps.map(\.action)
        let isReminder = actions.allSatisfy { $0.kind == "notify" }
        if !isReminder {
            let period = job.schedules.compactMap(\.period).min() ?? 86_400
            policies.missedWindow = min(period, 86_400)
        }
        if actions.count == 1, ["http", "prompt", "agent"].contains(actions[0].kind) { policies.retry = .network }
        return policies
    }
}
