import Foundation
import JobModel

/// Policies in plain words, each under the name that a card gives it.
package struct PolicyText: Sendable {
    package struct Entry: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    private let policies: Policies

    package init(_ policies: Policies) { self.policies = policies }

    /// In the order in which a card tells them; every policy is there, so that two lists can be compared.
    package var entries: [Entry] {
        [
            Entry(name: "if missed", value: missed),
            Entry(name: "overlap", value: overlap),
            Entry(name: "retries", value: retries),
            Entry(name: "time limit", value: Card.duration(policies.timeout)),
            Entry(name: "priority", value: priority),
            Entry(name: "starts", value: start),
            Entry(name: "pauses", value: pause),
            Entry(name: "group", value: policies.group ?? "none"),
            Entry(name: "next run", value: next),
            Entry(name: "answers of models", value: answers),
        ]
    }

    /// "once, within 24 h".
    package var missed: String {
        let window = policies.missedWindow.map { ", within \(Card.duration($0))" } ?? ""
        switch policies.missed {
        case .skip: return "skipped"
        case .once: return "once\(window)"
        case .all: return "each one, at most \(policies.missedCap)\(window)"
        }
    }

    package var overlap: String {
        switch policies.overlap {
        case .skip: "skipped while an earlier run is under way"
        case .queueOne: "one waits while an earlier run is under way"
        case .allow:
            policies.parallel.map { "runs beside earlier runs, at most \($0) at a time" } ?? "runs beside earlier runs"
        case .cancelOther: "ends earlier runs"
        }
    }

    /// "none", "3", "3, 10 s apart", "3, only where it may pass by itself".
    package var retries: String {
        let retry = policies.retry
        guard retry.retries > 0 else { return "none" }
        let errors = retry.errors == .passing ? ", only for what may pass by itself" : ""
        return "\(retry.retries)\(waits)\(errors)"
    }

    private var waits: String {
        let (retry, usual) = (policies.retry, RetryPolicy.none)
        let isUsual =
            retry.base == usual.base && retry.factor == usual.factor && retry.cap == usual.cap
            && retry.jitter == usual.jitter
        if isUsual { return "" }
        if retry.factor == 1, retry.jitter == .none { return ", \(Self.seconds(retry.base)) apart" }
        let factor =
            retry.factor == 1 ? "" : ", each × \(retry.factor.formatted(.number.locale(.init(identifier: "en"))))"
        let upTo = retry.jitter == .full ? "up to " : ""
        return ", after \(upTo)\(Self.seconds(retry.base))\(factor), at most \(Self.seconds(retry.cap))"
    }

    /// Waits may be shorter than a second.
    private static func seconds(_ seconds: TimeInterval) -> String {
        seconds == seconds.rounded() ? Card.duration(seconds) : "\(seconds) s"
    }

    /// "high".
    package var priority: String {
        switch policies.priority {
        case .low: "low"
        case .normal: "normal"
        case .high: "high"
        case .critical: "critical"
        }
    }

    package var start: String { policies.atMostOnce ? "at most once" : "at least once" }

    /// "after 10 failures in a row".
    package var pause: String {
        guard let count = policies.pauseAfter else { return "never by itself" }
        return count == 1 ? "after a failure" : "after \(count) failures in a row"
    }

    /// "asked for in each run", "used again for 6 h where the question is the same".
    package var answers: String {
        guard let span = policies.reuseAnswers else { return "asked for in each run" }
        return "used again for \(Card.duration(span)) where the question is the same"
    }

    /// "keeps to the schedule", "may move between 10 min and 6 h".
    package var next: String {
        guard let bounds = policies.adaptive else { return "keeps to the schedule" }
        return "may move between \(Card.duration(bounds.shortest)) and \(Card.duration(bounds.longest))"
    }
}
