import Foundation

extension PolicyChange {
    /// Everything that these policies say, in the words of files and flags: `applied(to:)` makes them of any others.
    ///
    /// What has no word is left out: no limit of runs at a time.
    package init(describing policies: Policies) {
        self.init()
        missed = policies.missed.rawValue
        missedWindow = policies.missedWindow.map(DurationWords.text) ?? "unlimited"
        missedCap = policies.missedCap
        overlap = Self.word(for: policies.overlap, in: Self.overlaps)
        parallel = policies.parallel
        group = policies.group ?? "none"
        retries = policies.retry.retries
        retryBase = DurationWords.text(policies.retry.base)
        retryFactor = policies.retry.factor
        retryCap = DurationWords.text(policies.retry.cap)
        retryJitter = policies.retry.jitter.rawValue
        retryOn = policies.retry.errors.rawValue
        timeout = DurationWords.text(policies.timeout)
        priority = Self.word(for: policies.priority, in: Self.priorities)
        guarantee = policies.atMostOnce ? "at-most-once" : "at-least-once"
        pauseAfter = policies.pauseAfter ?? 0
        adaptive =
            policies.adaptive.map { "\(DurationWords.text($0.shortest))..\(DurationWords.text($0.longest))" } ?? "off"
        reuseAnswers = policies.reuseAnswers.map(DurationWords.text) ?? "never"
    }

    private static func word<Choice: Equatable>(for choice: Choice, in words: [String: Choice]) -> String? {
        words.first { $0.value == choice }?.key
    }
}
