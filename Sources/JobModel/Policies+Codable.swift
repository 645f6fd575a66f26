import Foundation

// What an older version of the program stored lacks the members that came later: those have their usual values.

extension Policies: Codable {
    private enum CodingKeys: String, CodingKey {
        case missed, missedWindow, missedCap, overlap, parallel, group, retry, timeout, priority, atMostOnce, pauseAfter
        case adaptive, reuseAnswers
        /// `pauseAfter` is "never": apart from a document that says nothing of it.
        case neverPauses
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        let usual = Policies()
        let never = try members.decodeIfPresent(Bool.self, forKey: .neverPauses) ?? false
        self.init(
            missed: try members.decodeIfPresent(Missed.self, forKey: .missed) ?? usual.missed,
            missedWindow: try members.decodeIfPresent(TimeInterval.self, forKey: .missedWindow),
            missedCap: try members.decodeIfPresent(Int.self, forKey: .missedCap) ?? usual.missedCap,
            overlap: try members.decodeIfPresent(Overlap.self, forKey: .overlap) ?? usual.overlap,
            parallel: try members.decodeIfPresent(Int.self, forKey: .parallel),
            group: try members.decodeIfPresent(String.self, forKey: .group),
            retry: try members.decodeIfPresent(RetryPolicy.self, forKey: .retry) ?? usual.retry,
            timeout: try members.decodeIfPresent(TimeInterval.self, forKey: .timeout) ?? usual.timeout,
            priority: try members.decodeIfPresent(Priority.self, forKey: .priority) ?? usual.priority,
            atMostOnce: try members.decodeIfPresent(Bool.self, forKey: .atMostOnce) ?? usual.atMostOnce,
            pauseAfter: never ? nil : try members.decodeIfPresent(Int.self, forKey: .pauseAfter) ?? usual.pauseAfter,
            adaptive: try members.decodeIfPresent(AdaptiveBounds.self, forKey: .adaptive),
            reuseAnswers: try members.decodeIfPresent(TimeInterval.self, forKey: .reuseAnswers))
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(missed, forKey: .missed)
        try members.encodeIfPresent(missedWindow, forKey: .missedWindow)
        try members.encode(missedCap, forKey: .missedCap)
        try members.encode(overlap, forKey: .overlap)
        try members.encodeIfPresent(parallel, forKey: .parallel)
        try members.encodeIfPresent(group, forKey: .group)
        try members.encode(retry, forKey: .retry)
        try members.encode(timeout, forKey: .timeout)
        try members.encode(priority, forKey: .priority)
        try members.encode(atMostOnce, forKey: .atMostOnce)
        try members.encodeIfPresent(pauseAfter, forKey: .pauseAfter)
        if pauseAfter == nil { try members.encode(true, forKey: .neverPauses) }
        try members.encodeIfPresent(adaptive, forKey: .adaptive)
        try members.encodeIfPresent(reuseAnswers, forKey: .reuseAnswers)
    }
}

extension RetryPolicy {
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        let usual = RetryPolicy.none
        self.init(
            retries: try members.decodeIfPresent(Int.self, forKey: .retries) ?? usual.retries,
            base: try members.decodeIfPresent(TimeInterval.self, forKey: .base) ?? usual.base,
            factor: try members.decodeIfPresent(Double.self, forKey: .factor) ?? usual.factor,
            cap: try members.decodeIfPresent(TimeInterval.self, forKey: .cap) ?? usual.cap,
            jitter: try members.decodeIfPresent(Jitter.self, forKey: .jitter) ?? usual.jitter,
            errors: try members.decodeIfPresent(Errors.self, forKey: .errors) ?? usual.errors)
    }
}
