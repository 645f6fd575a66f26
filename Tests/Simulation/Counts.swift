import Foundation

/// What happened in a simulation.
package struct Counts: Hashable, Sendable {
    package var steps = 0
    package var fires = 0
    package var kills = 0
    package var takeovers = 0
    package var zombies = 0
    package var stalls = 0
    package var interleavings = 0
    package var gracefulStops = 0
    package var jumps = 0
    package var troubles = 0
    package var pauses = 0
    package var edits = 0
    package var manualRuns = 0
    package var cancels = 0
    package var succeeded = 0
    package var failed = 0
    package var cancelled = 0
    package var late = 0
    package var retries = 0
    package var deaths = 0
    package var quarantines = 0
    package var autoPauses = 0
    package var outlived = 0
    /// Those that a new scheduler left alone, because their runs were over.
    package var unfenced = 0
    package var refused = 0
    /// Starts by a scheduler that was stopped between the record of the start and the start.
    package var staleStarts = 0
    package var pruned = 0
    package var skips: [String: Int] = [:]

    package var lines: [String] {
        let values: [(String, Int)] = [
            ("fires", fires), ("steps", steps), ("kills", kills), ("takeovers", takeovers), ("zombies", zombies),
            ("stalls", stalls), ("interleavings", interleavings), ("graceful stops", gracefulStops),
            ("clock jumps", jumps), ("store troubles", troubles), ("pauses of everything", pauses), ("edits", edits),
            ("manual runs", manualRuns), ("cancels", cancels), ("succeeded", succeeded), ("failed", failed),
            ("cancelled", cancelled), ("late", late), ("retries", retries), ("deaths", deaths),
            ("quarantined", quarantines), ("paused by failures", autoPauses), ("scripts that outlived", outlived),
            ("scripts left alone", unfenced), ("late finishes refused", refused),
            ("starts by a stopped scheduler", staleStarts), ("pruned", pruned),
        ]
        let skipped = skips.sorted { $0.key < $1.key }.map { ("skipped: \($0.key)", $0.value) }
        return (values + skipped).map { "\($0): \($1)" }
    }
}

/// Where a promise was broken, and what led there.
package struct Violation: Error, Hashable, Sendable {
    package let step: Int
    package let text: String
}
