import Foundation
import Scheduling

/// The one source of chance of a simulation.
struct Dice {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func number() -> UInt64 { generator.next() }

    mutating func chance(_ probability: Double) -> Bool { share() < probability }

    /// Uniform in 0 ..< 1.
    mutating func share() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(share() * Double(range.count))
    }

    mutating func pick<T>(_ choices: [T]) -> T { choices[int(0...choices.count - 1)] }

    /// Every order of magnitude between the two is as likely as any other.
    mutating func spread(_ low: Double, _ high: Double) -> Double {
        low * pow(high / low, share())
    }

    /// How often something happens not before it does, when it does each time with `probability`; at least 1.
    mutating func trials(_ probability: Double) -> Int {
        guard probability > 0 else { return .max }
        return 1 + Int(min(1e15, log(1 - share()) / log(1 - probability)))
    }
}
