import Foundation
import JobModel

/// Leaves a provider alone that failed too often, and tries again with one question.
///
/// Closed, it lets everything through. After three failures in a row it is open for half a minute; then one question
/// goes through as a probe: an answer closes it, a failure opens it for twice as long, up to five minutes. A server that
/// says how long it wants to be left alone is believed at once, up to an hour.
package struct CircuitBreaker: Hashable, Sendable {
    private static let failuresAllowed = 3
    private static let firstRest: TimeInterval = 30
    private static let longestRest: TimeInterval = 300
    private static let longestWish: TimeInterval = 3600

    private enum State: Hashable {
        case closed(failures: Int)
        case open(until: Date, rest: TimeInterval)
        case probing(since: Date, rest: TimeInterval)
    }

    private var state = State.closed(failures: 0)

    package init() {}

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
            guard age > Self.longestRest || age < 0 else { return rest }
            state = .probing(since: now, rest: rest)
            return nil
        }
    }

    /// An answer to a question that was asked before it opened closes nothing.
    package mutating func succeeded() {
        if case .open = state { return }
        state = .closed(failures: 0)
    }

    package mutating func failed(_ error: ModelError, at now: Date) {
        if case .rateLimited(let wish?) = error {
            return open(for: min(wish, Self.longestWish), at: now)
        }
        guard Self.isProvidersFault(error) else { return abandoned() }
        switch state {
        case .closed(let failures) where failures + 1 < Self.failuresAllowed: state = .closed(failures: failures + 1)
        case .closed: state = .open(until: now + Self.firstRest, rest: Self.firstRest)
        case .open: break  // of a question that was under way when it opened
        case .probing(_, let rest):
            let longer = min(max(rest * 2, Self.firstRest), Self.longestRest)
            state = .open(until: now + longer, rest: longer)
        }
    }

    /// Never for less long than it is open already.
    private mutating func open(for rest: TimeInterval, at now: Date) {
        if case .open(let until, _) = state, until > now + rest { return }
        state = .open(until: now + rest, rest: rest)
    }

    /// The question says nothing about the provider: it was cancelled, or it was about the question itself.
    private mutating func abandoned() {
        if case .probing(let since, let rest) = state { state = .open(until: since, rest: rest) }
    }

    private static func isProvidersFault(_ error: ModelError) -> Bool {
        switch error {
        case .unreachable, .timedOut, .rateLimited, .incomplete, .malformed, .unauthorized: true
        case .rejected(let status, _): status == 408 || status == 429 || status >= 500
        case .refused, .resting, .overBudget, .cancelled: false
        }
    }
}
