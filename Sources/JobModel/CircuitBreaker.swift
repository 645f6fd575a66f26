import Foundation

/// Leaves somebody alone who failed too often, and tries again with one question.
///
/// Closed, it lets everything through. After so many failures in a row it is open for a while; then one question goes
/// through as a probe: an answer closes it, a failure opens it for twice as long, up to the longest rest.
package struct CircuitBreaker: Hashable, Sendable {
    private enum State: Hashable {
        case closed(failures: Int)
        case open(until: Date, rest: TimeInterval)
        case probing(since: Date, rest: TimeInterval)
    }

    private let failuresAllowed: Int
    private let firstRest: TimeInterval
    private let longestRest: TimeInterval
    private var state = State.closed(failures: 0)

    /// - Parameters:
    ///   - failuresAllowed: it opens with the last of so many in a row.
    ///   - firstRest: seconds for which it is open then; `longestRest` is the most after failed probes.
    package init(failuresAllowed: Int, firstRest: TimeInterval, longestRest: TimeInterval) {
        self.failuresAllowed = failuresAllowed
        self.firstRest = firstRest
        self.longestRest = longestRest
    }

    /// Nothing stands against it.
    package var isWell: Bool { state == .closed(failures: 0) }

    /// It lets questions through.
    package var isClosed: Bool { if case .closed = state { true } else { false } }

    /// Seconds until a question may be asked, `nil` for now; asking now when it was open is the probe.
    package mutating func waitBeforeAsking(at now: Date) -> TimeInterval? {
        switch state {
        case .closed: return nil
        case .open(let until, let rest):
            // A clock that was set back must not keep it open for longer than it asked for.
            let left = min(until.timeIntervalSince(now), max(rest, 0))
            guard left <= 0 else { return left }
            state = .probing(since: now, rest: rest)
            return nil
        case .probing(let since, let rest):
            // A probe whose end was never told is given up after the longest rest.
            let age = now.timeIntervalSince(since)
            guard age > longestRest || age < 0 else { return rest }
            state = .probing(since: now, rest: rest)
            return nil
        }
    }

    /// An answer to a question that was asked before it opened closes nothing.
    package mutating func succeeded() {
        if case .open = state { return }
        state = .closed(failures: 0)
    }

    package mutating func failed(at now: Date) {
        switch state {
        case .closed(let failures) where failures + 1 < failuresAllowed: state = .closed(failures: failures + 1)
        case .closed: state = .open(until: now + firstRest, rest: firstRest)
        case .open: break  // of a question that was under way when it opened
        case .probing(_, let rest):
            let longer = min(max(rest * 2, firstRest), longestRest)
            state = .open(until: now + longer, rest: longer)
        }
    }

    /// Never for less long than it is open already.
    package mutating func open(for rest: TimeInterval, at now: Date) {
        if case .open(let until, _) = state, until > now + rest { return }
        state = .open(until: now + rest, rest: rest)
    }

    /// The question says nothing about who was asked: it was cancelled, or it was about the question itself.
    package mutating func abandoned() {
        if case .probing(let since, let rest) = state { state = .open(until: since, rest: rest) }
    }
}
