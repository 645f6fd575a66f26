import Foundation
import JobModel

/// What the failures of a model's provider mean. A server that says how long it wants to be left alone is believed at
/// once, up to an hour.
extension CircuitBreaker {
    private static let longestWish: TimeInterval = 3600

    /// Open after three failures in a row, for half a minute and up to five.
    package static var ofProvider: CircuitBreaker {
        CircuitBreaker(failuresAllowed: 3, firstRest: 30, longestRest: 300)
    }

    package mutating func failed(_ error: ModelError, at now: Date) {
        if case .rateLimited(let wish?) = error {
            open(for: min(wish, Self.longestWish), at: now)
        } else if Self.isProvidersFault(error) {
            failed(at: now)
        } else {
            abandoned()
        }
    }

    private static func isProvidersFault(_ error: ModelError) -> Bool {
        switch error {
        case .unreachable, .timedOut, .rateLimited, .incomplete, .malformed, .unauthorized: true
        case .rejected(let status, _): status == 408 || status == 429 || status >= 500
        case .refused, .resting, .overBudget, .cancelled: false
        }
    }
}
