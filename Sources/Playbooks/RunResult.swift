import Foundation
import JobModel

/// What the steps of a run came to, before it is put into words.
package struct RunResult: Hashable, Sendable {
    /// One record for each step that was begun or whose condition did not hold: each after what it needs, and what a
    /// step asked for behind it. Steps behind a failure have none.
    package var steps: [StepRun]
    package var succeeded: Bool
    /// Position of the step that made the run fail.
    package var failedStep: Int?
    /// Why it failed, in one clause.
    package var error: String?
    /// What the last step that ran had to say.
    package var text: String
    /// What the person should know although nothing failed.
    package var notes: [String]
    /// Messages that steps asked for, in order.
    package var messages: [OutgoingMessage]
    /// Those that steps asked for because of the failure, and their recipients, who know of it already.
    package var failureMessages: [OutgoingMessage]
    package var informed: Set<Recipient>
    /// The failure may pass: worth a retry.
    package var isTransient: Bool
    /// The run was stopped from outside.
    package var wasCancelled: Bool
    /// A step goes on at this moment, and the run with it: it is not over.
    package var waitsUntil: Date?

    package init(
        steps: [StepRun] = [], succeeded: Bool = true, failedStep: Int? = nil, error: String? = nil, text: String = "",
        notes: [String] = [], messages: [OutgoingMessage] = [], failureMessages: [OutgoingMessage] = [],
        informed: Set<Recipient> = [], isTransient: Bool = false, wasCancelled: Bool = false,
        waitsUntil: Date? = nil
    ) {
        self.steps = steps
        self.succeeded = succeeded
        self.failedStep = failedStep
        self.error = error
        self.text = text
        self.notes = notes
        self.messages = messages
        self.failureMessages = failureMessages
        self.informed = informed
        self.isTransient = isTransient
        self.wasCancelled = wasCancelled
        self.waitsUntil = waitsUntil
    }
}
