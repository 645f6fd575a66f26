import IntentContract
import JobModel

/// The job that a command's words name, found as a sentence's are.
package struct JobChoice: Sendable {
    private let situation: Situation

    package init(situation: Situation) { self.situation = situation }

    /// A whole sentence where it may be several jobs, or none.
    package func job(_ reference: JobReference) -> Result<Job, PlanningFailure> {
        JobResolver(situation: situation).resolve(reference).mapError { error in
            let options = error.question.options
            let list = options.isEmpty ? "" : " " + options.joined(separator: ", ")
            return PlanningFailure(error.question.text + list)
        }
    }
}
