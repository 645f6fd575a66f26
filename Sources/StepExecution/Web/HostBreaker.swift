import Foundation
import Synchronization

/// Leaves a host alone that failed too often, and tries again with one request; in memory, for the process.
///
/// After five failures in a row it is open for half a minute; then one request goes through as a probe: an answer closes
/// it, a failure opens it for twice as long, up to half an hour.
final class HostBreaker: Sendable {
    static let failuresAllowed = 5
    private static let firstRest: TimeInterval = 30
    private static let longestRest: TimeInterval = 1800
    /// Hosts that are remembered; beyond them, those that are well are forgotten.
    private static let mostHosts = 500

    private struct State {
        var failures = 0
        var rest: TimeInterval = 0
        var openUntil: Date?
        var probeSince: Date?
    }

    private let hosts = Mutex<[String: State]>([:])

    /// Seconds until a request may be made, `nil` for now; asking now when it was open is the probe.
    func wait(for host: String, at now: Date) -> TimeInterval? {
        hosts.withLock { hosts in
            guard var state = hosts[host], let until = state.openUntil else { return nil }
            // A clock that was set back must not keep it open for longer than it asked for.
            let left = min(until.timeIntervalSince(now), state.rest)
            guard left <= 0 else { return left }
            if let probe = state.probeSince, (0...Self.longestRest).contains(now.timeIntervalSince(probe)) {
                return state.rest
            }
            state.probeSince = now
            hosts[host] = state
            return nil
        }
    }

    func succeeded(_ host: String) { hosts.withLock { $0[host] = nil } }

    func failed(_ host: String, at now: Date) {
        hosts.withLock { hosts in
            if hosts.count >= Self.mostHosts { hosts = hosts.filter { $0.value.openUntil != nil } }
            guard hosts.count < Self.mostHosts || hosts[host] != nil else { return }
            var state = hosts[host] ?? State()
            state.failures += 1
            if state.failures >= Self.failuresAllowed {
                let longer = min(state.rest * 2, Self.longestRest)
                if state.openUntil == nil || state.probeSince != nil { state.rest = max(Self.firstRest, longer) }
                state.openUntil = now + state.rest
                state.probeSince = nil
            }
            hosts[host] = state
        }
    }
}
