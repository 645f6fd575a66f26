import Foundation
import Simulation

/// `simulate [--seed N | --seeds A..B] [--fires N] [--dense] [--kept N] [--verbose]`: exits 1 where a promise is broken.
@main
enum Simulate {
    static func main() {
        guard let wish = Wish(CommandLine.arguments.dropFirst()) else {
            FileHandle.standardError.write(
                Data("usage: simulate [--seed N | --seeds A..B] [--fires N] [--dense] [--kept N] [--verbose]\n".utf8))
            exit(64)
        }
        let failures = wish.seeds.count { !simulate($0, wish) }
        exit(failures == 0 ? 0 : 1)
    }

    private static func simulate(_ seed: UInt64, _ wish: Wish) -> Bool {
        let begin = Date()
        let faults = wish.isDense ? Faults.dense : .usual
        let result = Simulation.run(seed: seed, fires: wish.fires, faults: faults)
        let seconds = Date().timeIntervalSince(begin)
        let digest = String(result.digest, radix: 16)
        print(
            "seed \(seed): \(result.counts.fires) fires, \(result.counts.steps) steps, \(result.counts.kills) kills,",
            "\(result.violation == nil ? 0 : 1) violations, digest \(digest), \(String(format: "%.1f", seconds)) s")
        if wish.isVerbose { for line in result.counts.lines { print("  " + line) } }
        fflush(nil)
        guard let violation = result.violation else { return true }
        tell(violation, seed, wish, faults)
        return false
    }

    /// The same once more, this time with words for each step.
    private static func tell(_ violation: Violation, _ seed: UInt64, _ wish: Wish, _ faults: Faults) {
        print("  VIOLATION in step \(violation.step): \(violation.text)")
        fflush(nil)
        for line in Simulation.run(seed: seed, fires: wish.fires, faults: faults, kept: wish.kept).recent {
            print("  " + line)
        }
    }
}

/// What the command line asks for.
struct Wish {
    var seeds: ClosedRange<UInt64> = 1...1
    var fires = 1_000_000
    /// Steps that are told of a violation.
    var kept = 30
    var isDense = false
    var isVerbose = false

    init?(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let word = rest.popFirst() {
            switch word {
            case "--dense": isDense = true
            case "--verbose": isVerbose = true
            case "--fires", "--kept":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                if word == "--fires" { fires = number } else { kept = number }
            case "--seed", "--seeds":
                guard let range = rest.popFirst().flatMap(Self.range) else { return nil }
                seeds = range
            default: return nil
            }
        }
    }

    /// `7`, or `1..20` with both ends.
    private static func range(_ text: String) -> ClosedRange<UInt64>? {
        let numbers = text.split(separator: ".").compactMap { UInt64($0) }
        guard let first = numbers.first, let last = numbers.last, numbers.count <= 2, first <= last else { return nil }
        return first...last
    }
}
