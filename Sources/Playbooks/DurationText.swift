import Foundation
import JobModel

/// How long something took, in the fewest words.
enum DurationText {
    /// "3 s", "2 min 5 s", "1 h 4 min"; `nil` for a step without an end and for less than half a second.
    static func short(_ step: StepRun) -> String? {
        step.finished.flatMap { short(seconds: $0.timeIntervalSince(step.started)) }
    }

    static func short(seconds: TimeInterval) -> String? {
        let whole = Int(max(0, min(seconds, 1e9)).rounded())
        guard whole > 0 else { return nil }
        let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
        let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        return shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
