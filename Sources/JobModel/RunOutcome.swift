import Foundation

/// Words on their way to somebody.
package struct OutgoingMessage: Codable, Hashable, Sendable {
    package var recipients: [Recipient]
    package var text: String

    package init(recipients: [Recipient], text: String) {
        self.recipients = recipients
        self.text = text
    }
}

/// What a run came to, ready to be stored in one transaction with its messages and deliveries.
package struct RunOutcome: Codable, Hashable, Sendable {
    /// One of the final states, or `retrying` or `waiting` (a step that goes on later) with `retryAt`.
    package var state: Run.State
    package var retryAt: Date?
    package var reason: String?
    package var output: String?
    /// A line for the conversation; `nil` where there is nothing to say yet (a retry).
    package var message: String?
    package var deliveries: [OutgoingMessage]
    /// Messages about the failure itself: told once, then grouped.
    package var notices: [OutgoingMessage]
    /// The failure may pass: the scheduler may turn it into a retry.
    package var isTransient: Bool
    /// The job is paused with it, until a person resumes it: too many failures in a row.
    package var pausesJob: Bool

    package init(
        state: Run.State, retryAt: Date? = nil, reason: String? = nil, output: String? = nil, message: String? = nil,
        deliveries: [OutgoingMessage] = [], notices: [OutgoingMessage] = [], isTransient: Bool = false,
        pausesJob: Bool = false
    ) {
        self.isTransient = isTransient
        self.pausesJob = pausesJob
        self.state = state
        self.retryAt = retryAt
        self.reason = reason
        self.output = output
        self.message = message
        self.deliveries = deliveries
        self.notices = notices
    }
}
