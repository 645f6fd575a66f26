import Foundation

extension PolicyChange {
    /// The policies with what is named here in place of theirs. The first value that is out of range is refused.
    package func applied(to policies: Policies) throws(PolicyError) -> Policies {
        var changed = policies
        try applyMissed(to: &changed)
        try applyConcurrency(to: &changed)
        try applyRetry(to: &changed.retry)
        if let timeout { changed.timeout = try duration(timeout, .timeout, in: 1...30 * 86_400) }
        if let pauseAfter {
            changed.pauseAfter = try number(pauseAfter, .pauseAfter, in: 0...1000) == 0 ? nil : pauseAfter
        }
        if let guarantee {
            let choices = ["at-least-once": false, "at-most-once": true]
            changed.atMostOnce = try choice(guarantee, .guarantee, of: choices)
        }
        if let adaptive { changed.adaptive = try bounds(adaptive) }
        if let reuseAnswers {
            changed.reuseAnswers =
                reuseAnswers == "never" ? nil : try duration(reuseAnswers, .reuseAnswers, in: 1...ModelAnswer.lifetime)
        }
        return changed
    }

    private func applyMissed(to policies: inout Policies) throws(PolicyError) {
        if let missed { policies.missed = try choice(missed, .missed, of: Self.byName(Policies.Missed.self)) }
        if let missedWindow {
            policies.missedWindow =
                missedWindow == "unlimited" ? nil : try duration(missedWindow, .missedWindow, in: 1...3660 * 86_400)
        }
        if let missedCap { policies.missedCap = try number(missedCap, .missedCap, in: 1...1000) }
    }

    private func applyConcurrency(to policies: inout Policies) throws(PolicyError) {
        if let overlap { policies.overlap = try choice(overlap, .overlap, of: Self.overlaps) }
        if let parallel {
            policies.parallel = try number(parallel, .parallel, in: 1...1000)
            if overlap == nil, parallel > 1 { policies.overlap = .allow }
        }
        if let group {
            guard group.count <= 60, !group.contains(where: \.isNewline),
                !group.trimmingCharacters(in: .whitespaces).isEmpty
            else {
                throw Self.error(.group, "\"\(group)\" is no name of a group: up to 60 characters on one line are.")
            }
            policies.group = group == "none" ? nil : group
        }
        if let priority { policies.priority = try choice(priority, .priority, of: Self.priorities) }
    }

    private func applyRetry(to retry: inout RetryPolicy) throws(PolicyError) {
        if let retries {
            retry.retries = try number(retries, .retries, in: 0...100)
            // Who asks for retries means them for whatever fails; which errors are worth it can be narrowed.
            if retryOn == nil, retries > 0 { retry.errors = .any }
        }
        if let retryBase { retry.base = try duration(retryBase, .retryBase, in: 0...86_400) }
        if let retryFactor {
            guard (1...10).contains(retryFactor) else {
                throw Self.error(.retryFactor, "\(retryFactor) is out of range: 1 to 10 is possible.")
            }
            retry.factor = retryFactor
        }
        if let retryCap { retry.cap = try duration(retryCap, .retryCap, in: 0...30 * 86_400) }
        if let retryJitter {
            retry.jitter = try choice(retryJitter, .retryJitter, of: Self.byName(RetryPolicy.Jitter.self))
        }
        if let retryOn { retry.errors = try choice(retryOn, .retryOn, of: Self.byName(RetryPolicy.Errors.self)) }
    }

    // MARK: Values

    package static let overlaps: [String: Policies.Overlap] = [
        "skip": .skip, "queue-one": .queueOne, "allow": .allow, "cancel-other": .cancelOther,
    ]
    package static let priorities: [String: Policies.Priority] = [
        "critical": .critical, "high": .high, "normal": .normal, "low": .low,
    ]

    private static func byName<T: RawRepresentable<String> & CaseIterable>(_ type: T.Type) -> [String: T] {
        Dictionary(uniqueKeysWithValues: type.allCases.map { ($0.rawValue, $0) })
    }

    private func choice<T>(_ word: String, _ key: CodingKeys, of choices: [String: T]) throws(PolicyError) -> T {
        if let value = choices[word] { return value }
        let names = choices.keys.sorted().joined(separator: ", ")
        throw Self.error(key, "\"\(word)\" is not possible; one of \(names) is.")
    }

    private func number(_ value: Int, _ key: CodingKeys, in range: ClosedRange<Int>) throws(PolicyError) -> Int {
        if range.contains(value) { return value }
        throw Self.error(key, "\(value) is out of range: \(range.lowerBound) to \(range.upperBound) is possible.")
    }

    private func duration(
        _ text: String, _ key: CodingKeys, in range: ClosedRange<TimeInterval>
    ) throws(PolicyError) -> TimeInterval {
        guard let seconds = DurationWords.seconds(text) else {
            throw Self.error(key, "\"\(text)\" is no length of time; 90s, 10m, 2h and 1d are.")
        }
        if range.contains(seconds) { return seconds }
        let bounds = [range.lowerBound, range.upperBound].map(DurationWords.text).joined(separator: " to ")
        throw Self.error(key, "\"\(text)\" is out of range: \(bounds) is possible.")
    }

    private func bounds(_ text: String) throws(PolicyError) -> AdaptiveBounds? {
        if text == "off" { return nil }
        let parts = text.components(separatedBy: "..")
        guard parts.count == 2 else {
            throw Self.error(.adaptive, "\"\(text)\" is no pair of bounds; 10m..6h is one, and off ends it.")
        }
        let shortest = try duration(parts[0], .adaptive, in: 1...366 * 86_400)
        let longest = try duration(parts[1], .adaptive, in: 1...366 * 86_400)
        guard shortest <= longest else {
            throw Self.error(.adaptive, "\"\(text)\": the first bound is the shorter one.")
        }
        return AdaptiveBounds(shortest: shortest, longest: longest)
    }

    private static func error(_ key: CodingKeys, _ message: String) -> PolicyError {
        PolicyError(policy: key.rawValue, message: "\(key.rawValue): \(message)")
    }
}

/// Lengths of time as settings, flags and files write them.
package enum DurationWords {
    private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    /// `90s`, `10m`, `2h`, `1d`, or bare seconds; `nil` for anything else, and for less than nothing.
    package static func seconds(_ text: String) -> TimeInterval? {
        let text = text.filter { !$0.isWhitespace }
        let factor = text.last.flatMap { units[$0] }
        guard let number = Double(factor == nil ? text[...] : text.dropLast()), number.isFinite, number >= 0 else {
            return nil
        }
        let seconds = number * (factor ?? 1)
        return seconds < 1e12 ? seconds : nil
    }

    /// The shortest of these forms that is exact: "90s", "2h", "1d".
    package static func text(_ seconds: TimeInterval) -> String {
        guard seconds == seconds.rounded(), seconds > 0 else {
            return seconds == 0 ? "0s" : "\(seconds)s"
        }
        for (unit, letter) in [(86_400.0, "d"), (3600, "h"), (60, "m")]
        where seconds.truncatingRemainder(dividingBy: unit) == 0 {
            return "\(Int(seconds / unit))\(letter)"
        }
        return "\(Int(seconds))s"
    }
}
