import Foundation
import JobModel
import Synchronization

/// A circuit breaker for each host that steps ask; in memory, for the process.
///
/// After five failures in a row a host is left alone for half a minute, and up to half an hour after failed probes.
final class HostBreaker: Sendable {
    static let failuresAllowed = 5
    /// Hosts that are remembered; beyond them, those that are well are forgotten.
    private static let mostHosts = 500

    private let hosts = Mutex<[String: CircuitBreaker]>([:])

    /// Seconds until a request may be made, `nil` for now; asking now when it was open is the probe.
    func wait(for host: String, at now: Date) -> TimeInterval? {
        hosts.withLock { $0[host]?.waitBeforeAsking(at: now) }
    }

    func succeeded(_ host: String) {
        hosts.withLock { hosts in
            hosts[host]?.succeeded()
            if hosts[host]?.isWell == true { hosts[host] = nil }
        }
    }

    func failed(_ host: String, at now: Date) {
        hosts.withLock { hosts in
            if hosts.count >= Self.mostHosts { hosts = hosts.filter { !$0.value.isClosed } }
            guard hosts.count < Self.mostHosts || hosts[host] != nil else { return }
            let usual = CircuitBreaker(failuresAllowed: Self.failuresAllowed, firstRest: 30, longestRest: 1800)
            hosts[host, default: usual].failed(at: now)
        }
    }
}
