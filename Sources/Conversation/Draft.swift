import JobModel
import Planning

/// A job that waits for a person's yes before anything of it can run.
package enum Draft {
    /// The edits that store `job` as a draft with its approval.
    ///
    /// - Parameter position: Which of the change's new jobs it is, from 1.
    package static func edits(for job: Job, position: Int, digest: (String) -> String) -> [Edit] {
        var draft = job
        draft.status = .draft
        return [
            .create(draft),
            .requireApproval(
                job: -JobID(position), planHash: digest(draft.planText), reasons: Risk.all(of: draft).map(\.text)),
        ]
    }
}

extension Job {
    /// What an approval is bound to: everything that it would do and touch, as canonical text.
    package var planText: String {
        let steps = (try? JSONValue(encoding: self.steps).compactText) ?? ""
        let capabilities = (try? JSONValue(encoding: self.capabilities).compactText) ?? ""
        return [steps, capabilities, delivery.map(\.description).joined(separator: ",")].joined(separator: "\n")
    }
}
