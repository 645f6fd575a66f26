import Foundation
import JobModel

/// The last steps in words, and a number that two equal simulations share at every step.
struct RecentSteps {
    private let kept: Int
    private var lines: [String] = []
    private var oldest = 0
    /// FNV-1a over everything that was noted.
    private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325

    init(kept: Int) { self.kept = kept }

    /// Earliest first.
    var inOrder: [String] { Array(lines[oldest...] + lines[..<oldest]) }

    mutating func begin(_ step: Int, at date: Date, _ text: @autoclosure () -> String) {
        mix(UInt64(bitPattern: Int64(step)))
        mix(date.timeIntervalSince1970.bitPattern)
        guard kept > 0 else { return }
        let line = "step \(step), \(RFC3339.text(date)): \(text())"
        if lines.count < kept {
            lines.append(line)
        } else {
            lines[oldest] = line
            oldest = (oldest + 1) % kept
        }
    }

    mutating func add(_ text: @autoclosure () -> String) {
        guard !lines.isEmpty else { return }
        let last = (oldest + lines.count - 1) % lines.count
        if lines[last].utf8.count < 2000 { lines[last] += "; " + text() }
    }

    mutating func note(_ run: Run) {
        mix(UInt64(bitPattern: run.id))
        mix(run.state.rawValue.utf8.reduce(UInt64(run.attempt)) { $0 &* 31 &+ UInt64($1) })
        add("run \(run.id) of job \(run.jobID) \(run.state) \(RFC3339.text(run.ready)) \(run.reason ?? "")")
    }

    private mutating func mix(_ value: UInt64) {
        digest = (digest ^ value) &* 0x100_0000_01B3
    }
}
