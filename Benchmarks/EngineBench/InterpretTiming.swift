import Foundation
import IntentContract
import Interpreters

/// Times the offline interpreter over sentences, each several times.
struct InterpretTiming {
    struct Report {
        let text: String
        /// 99 of 100 readings took at most a millisecond.
        let isWithinBar: Bool
    }

    private static let bar = 1_000.0
    private static let rounds = 20

    let requests: [String]

    /// One round to warm up, then all sentences in turn, round after round; every single reading counts.
    func report() -> Report {
        let interpreter = OfflineInterpreter()
        var understood = requests.count { !interpreter.read($0).intents.isEmpty }
        var readings: [(microseconds: Double, request: Int)] = []
        for _ in 0..<Self.rounds {
            for (index, text) in requests.enumerated() {
                var reading: Interpretation?
                let spent = ContinuousClock().measure { reading = interpreter.read(text) }
                if reading == nil { understood = -1 }
                readings.append((spent / .microseconds(1), index))
            }
        }
        return report(of: readings.sorted { $0.microseconds < $1.microseconds }, understood: understood)
    }

    private func report(of sorted: [(microseconds: Double, request: Int)], understood: Int) -> Report {
        func quantile(_ part: Double) -> Double { sorted[Int(Double(sorted.count - 1) * part)].microseconds }
        let slowest = sorted[sorted.count - 1]
        let isWithin = quantile(0.99) <= Self.bar
        let text = """
            offline interpreter, microseconds a request: \(requests.count) requests (\(understood) with an intent), \
            \(Self.rounds) rounds
            p50 \(format(quantile(0.5)))  p99 \(format(quantile(0.99)))  max \(format(slowest.microseconds)) \
            (\(requests[slowest.request]))
            bar: p99 within \(format(Self.bar)): \(isWithin ? "met" : "NOT MET")
            """
        return Report(text: text, isWithinBar: isWithin)
    }

    private func format(_ value: Double) -> String { String(Int(value.rounded())) }
}
