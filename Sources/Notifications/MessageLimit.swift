import Foundation
import JobModel

/// How many messages one recipient gets in an hour, and what becomes of those beyond it: they wait until there is room,
/// and where several wait, one message tells their number.
struct MessageLimit: Sendable {
    /// `nil` is no limit.
    let most: Int?
    private let zone: TimeZone
    private var sent: [Recipient: [Date]] = [:]
    private(set) var isSeeded = false

    private static let hour: TimeInterval = 3600
    private static let mark = "held back:"

    init(_ most: Int?, zone: String) {
        self.most = most
        self.zone = TimeZone(identifier: zone) ?? .gmt
    }

    /// Starts with what was sent before this process began.
    mutating func seed(_ deliveries: [Delivery]) {
        isSeeded = true
        for delivery in deliveries where delivery.state == .sent {
            if let moment = delivery.finished { count(delivery.recipient, at: moment) }
        }
    }

    mutating func count(_ recipient: Recipient, at moment: Date) {
        guard most != nil else { return }
        sent[recipient, default: []].append(moment)
    }

    /// When `recipient` may get another message; `nil` is now.
    mutating func opening(for recipient: Recipient, at now: Date) -> Date? {
        guard let most, let moments = sent[recipient] else { return nil }
        // What a clock that was set back leaves in the future does not count.
        let recent = moments.filter { $0 > now - Self.hour && $0 <= now }.sorted()
        sent[recipient] = recent.isEmpty ? nil : recent
        return recent.count < most ? nil : recent[recent.count - most] + Self.hour
    }

    // MARK: What is held back

    func held(_ delivery: Delivery, until moment: Date) -> Delivery {
        var held = delivery
        held.notBefore = moment
        held.reason = "\(Self.mark) more than \(most ?? 0) messages in an hour (limits.messages raises it)"
        return held
    }

    static func isHeld(_ delivery: Delivery) -> Bool { delivery.reason?.hasPrefix(mark) ?? false }

    /// One message in the place of several that were held back, earliest first.
    func summary(of held: [Delivery]) -> Delivery {
        var summary = held[0]
        let since = held.map(\.createdAt).min() ?? summary.createdAt
        let clock = since.formatted(Date.ISO8601FormatStyle(timeZone: zone).time(includingFractionalSeconds: false))
        summary.text =
            "\(held.count) more messages were held back since \(clock.prefix(5)), because there were more than "
            + "\(most ?? 0) in an hour (limits.messages raises it). \"rota deliveries\" shows them."
        return summary
    }

    /// What each of `held` becomes when its summary came to `decision`.
    func outcomes(_ decision: DeliveryDecision, of held: [Delivery]) -> [DeliveryDecision] {
        held.enumerated().map { index, delivery in
            var one = decision
            (one.delivery.id, one.delivery.runID, one.delivery.jobName) = (
                delivery.id, delivery.runID, delivery.jobName
            )
            (one.delivery.text, one.delivery.createdAt) = (delivery.text, delivery.createdAt)
            one.notice = index == 0 ? decision.notice : nil
            if decision.delivery.state == .sent {
                one.delivery.state = .givenUp
                one.delivery.reason = "\(Self.mark) told in one message with \(held.count - 1) others"
            } else if decision.delivery.state == .queued {
                one.delivery.reason = delivery.reason
            }
            return one
        }
    }
}
