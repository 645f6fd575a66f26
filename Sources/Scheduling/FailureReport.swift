import CronExpressions
import Foundation
import JobModel

/// Failures in a row are told once and then grouped; too many of them pause the job; the first success afterwards says
/// that it works again.
struct FailureReport {
    /// Seconds: a failure for the same reason as the one before is told again after so long, with the count.
    static let quietSpan: TimeInterval = 3600

    let job: Job
    /// Before this outcome.
    let streak: FailureStreak
    let now: Date

    func told(_ outcome: RunOutcome) -> RunOutcome {
        switch outcome.state {
        case .failed: failed(outcome)
        case .succeeded where streak.count > 1: recovered(outcome)
        default: outcome
        }
    }

    private func failed(_ outcome: RunOutcome) -> RunOutcome {
        var told = outcome
        let count = streak.count + 1
        if let limit = job.policies.pauseAfter, count >= limit, job.status == .active, job.startsByItself {
            told.pausesJob = true
            let times = count == 1 ? "a failure" : "\(count) failures in a row"
            return adding("Paused after \(times)\(since): \"resume \(job.name)\" lets it go on.", to: told)
        }
        guard count > 1 else { return told }
        guard isToldAgain || outcome.reason != streak.reason else {
            (told.message, told.notices) = (nil, [])
            return told
        }
        return adding("Failed \(count) times in a row\(since).", to: told)
    }

    private func recovered(_ outcome: RunOutcome) -> RunOutcome {
        adding("Works again after \(streak.count) failures\(since).", to: outcome)
    }

    /// A run that has nothing to say itself says this: silence would hide that the state of the job changed.
    private func adding(_ words: String, to outcome: RunOutcome) -> RunOutcome {
        var told = outcome
        told.message = outcome.message.map { Self.sentences($0, words) } ?? "\(job.name): \(words)"
        if outcome.state == .failed {
            told.notices = outcome.notices.map { Self.adding(words, to: $0) }
        } else {
            told.deliveries = outcome.deliveries.map { Self.adding(words, to: $0) }
        }
        return told
    }

    private static func adding(_ words: String, to message: OutgoingMessage) -> OutgoingMessage {
        OutgoingMessage(recipients: message.recipients, text: sentences(message.text, words))
    }

    private static func sentences(_ first: String, _ second: String) -> String {
        let isEnded = first.last.map { ".!?…".contains($0) } ?? true
        return first.isEmpty ? second : "\(first)\(isEnded ? "" : ".") \(second)"
    }

    /// The failure before was in an earlier hour of this streak.
    private var isToldAgain: Bool {
        guard let since = streak.since, let latest = streak.latest else { return true }
        return Int(now.timeIntervalSince(since) / Self.quietSpan)
            > Int(latest.timeIntervalSince(since) / Self.quietSpan)
    }

    /// " since 09:00", with the day where it is another one; nothing where the zone is unknown.
    private var since: String {
        guard let since = streak.since, let zone = try? ZoneRules.named(job.schedules.first?.zone ?? "UTC") else {
            return ""
        }
        let local = zone.localComponents(at: since)
        let today = zone.localComponents(at: now)
        let clock = String(format: "%02d:%02d", local.hour, local.minute)
        guard (local.year, local.month, local.day) != (today.year, today.month, today.day) else {
            return " since \(clock)"
        }
        return String(format: " since %04d-%02d-%02d ", local.year, local.month, local.day) + clock
    }
}

extension Job {
    /// Not only when a person says so.
    fileprivate var startsByItself: Bool { triggers.contains { $0.kind != .manual } }
}
