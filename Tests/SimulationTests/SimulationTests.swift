import Simulation
import Testing

/// A few seeds with much going wrong; `make simulate` plays millions of starts.
struct SimulationTests {
    static let seeds: [UInt64] = [1, 2, 3, 4]

    @Test(arguments: seeds)
    func everyPromiseHolds(seed: UInt64) {
        let result = Simulation.run(seed: seed, fires: 1_500, faults: .dense)
        #expect(result.violation == nil, "seed \(seed)")
        #expect(result.counts.fires >= 1_500 && result.counts.kills > 0 && result.counts.takeovers > 1)
    }

    @Test func aSeedReplaysExactly() {
        let first = Simulation.run(seed: 7, fires: 500, faults: .dense)
        let second = Simulation.run(seed: 7, fires: 500, faults: .dense, kept: 10)
        #expect(first.digest == second.digest && first.counts == second.counts)
        #expect(first.recent.isEmpty && second.recent.count == 10)
        #expect(first.digest != Simulation.run(seed: 8, fires: 500, faults: .dense).digest)
    }
}
