import Foundation
import JobModel

/// One simulation: what happened, and whether all promises held.
package struct SimulationResult: Sendable {
    package let seed: UInt64
    package var counts: Counts
    package var digest: UInt64
    package var violation: Violation?
    /// The last steps in words, if they were recorded.
    package var recent: [String] = []
}

package enum Simulation {
    /// Steps without a start after which a simulation is taken to stand still.
    private static let longestDrought = 500_000

    /// Simulates until `fires` scripts were started, and then until everything has come to its end.
    ///
    /// - Parameter kept: How many of the last steps are told in words, which takes time: for a second run after a
    ///   violation.
    package static func run(
        seed: UInt64, fires: Int, faults: Faults = .usual, kept: Int = 0
    ) -> SimulationResult {
        let world = World(seed: seed, faults: faults, kept: kept)
        var result = SimulationResult(seed: seed, counts: Counts(), digest: 0)
        do throws(Violation) {
            try play(world, fires: fires)
            try drain(world)
        } catch {
            result.violation = error
        }
        (result.counts, result.digest, result.recent) = (world.counts, world.steps.digest, world.steps.inOrder)
        return result
    }

    private static func play(_ world: World, fires: Int) throws(Violation) {
        try world.observe()
        for _ in 0..<World.usualJobs { world.createJob() }
        world.takeCharge()
        try world.settle()
        var (lastFires, lastStep) = (0, 0)
        while world.counts.fires < fires {
            try world.step()
            if world.counts.fires > lastFires { (lastFires, lastStep) = (world.counts.fires, world.counts.steps) }
            guard world.counts.steps - lastStep < longestDrought else {
                throw world.judge.violation("nothing has started for \(longestDrought) steps")
            }
        }
    }

    private static func drain(_ world: World) throws(Violation) {
        try world.drain()
        var steps = 0
        while !world.judge.unfinished.isEmpty || !world.scripts.isEmpty {
            world.skipEmptyTime()
            try world.step()
            steps += 1
            guard steps < longestDrought else {
                throw world.judge.violation("the queue does not drain: \(world.judge.unfinished.count) are left")
            }
        }
    }
}
