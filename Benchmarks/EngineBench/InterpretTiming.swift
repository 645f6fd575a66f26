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
        func quantile(_ part: Double) -> String { format(sorted[Int(Double(sorted.count - 1) * part)].microseconds) }
        let p99 = sorted[Int(Double(sorted.count - 1) * 0.99)].microseconds
        let text = """
            offline interpreter, microseconds a request: \(requests.count) requests (\(understood) with an intent), \
            \(Self.rounds) rounds
            p50 \(quantile(0.5))  p99 \(quantile(0.99))  max \(quantile(1))
            slowest, by the median of its rounds: \(slowest(of: sorted))
            bar: p99 within \(format(Self.bar)): \(p99 <= Self.bar ? "met" : "NOT MET")
            """
        return Report(text: text, isWithinBar: p99 <= Self.bar)
    }

    private func slowest(of sorted: [(microseconds: Double, request: Int)]) -> String {
        let medians = Dictionary(grouping: sorted, by: \.request).mapValues { $0[$0.count / 2].microseconds }
        guard let (request, median) = medians.max(by: { $0.value < $1.value }) else { return "none" }
        return "\(format(median)) (\(requests[request]))"
    }

    private func format(_ value: Double) -> String { String(Int(value.rounded())) }
}
