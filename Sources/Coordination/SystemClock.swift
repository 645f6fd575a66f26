import Foundation

/// The wall clock of this program.
///
/// `ROTA_CLOCK_OFFSET_FILE` names a file with a number of seconds that is added to the machine's clock, read again at
/// each look: faults of the clock can be tried out with it on the whole program, from outside.
package enum SystemClock {
    package static var now: Date { offsetFile == nil ? Date() : Date() + offset }

    /// Somebody moves the clock by hand: sleeps look at it more often than usual.
    package static var isMovable: Bool { offsetFile != nil }

    private static let offsetFile = ProcessInfo.processInfo.environment["ROTA_CLOCK_OFFSET_FILE"]

    private static var offset: TimeInterval {
        guard let offsetFile, let data = FileManager.default.contents(atPath: offsetFile) else { return 0 }
        return Double(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }
}
