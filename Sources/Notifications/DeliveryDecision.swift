import Foundation
import JobModel

/// What follows an attempt to deliver: the new state of the delivery, and what the person hears.
struct DeliveryDecision: Hashable, Sendable {
    var delivery: Delivery
    /// A line for the conversation where the delivery ended without success.
    var notice: String?

    /// Longest wait (seconds) that a receiver may ask for.
    static let longestWait: TimeInterval = 3600

    init(
        _ result: DeliveryResult, for delivery: Delivery, at now: Date, policy: RetryPolicy,
        using generator: inout some RandomNumberGenerator
    ) {
        var next = delivery
        next.attempt += 1
        switch result {
        case .sent:
            next.state = .sent
            next.reason = nil
        case .refused(let reason):
            next.state = .failed
            next.reason = reason
        case .retry(let reason, let after):
            next.reason = reason
            if let delay = policy.delay(afterAttempt: next.attempt, using: &generator) {
                next.notBefore = now + max(delay, min(after ?? 0, Self.longestWait))
            } else {
                next.state = .givenUp
            }
        }
        if next.state != .queued { next.finished = now }
        self.delivery = next
        notice = Self.notice(for: next)
    }

    /// It waits, without an attempt.
    init(held delivery: Delivery) {
        self.delivery = delivery
        notice = nil
    }

    private static func notice(for delivery: Delivery) -> String? {
        let reason = delivery.reason ?? "no reason was given"
        let words = "Could not deliver the message of \"\(delivery.jobName)\" to \(delivery.recipient)"
        return switch delivery.state {
        case .queued, .sent: nil
        case .failed: "\(words): \(reason)."
        case .givenUp: "\(words), tried \(delivery.attempt) times: \(reason)."
        }
    }
}
