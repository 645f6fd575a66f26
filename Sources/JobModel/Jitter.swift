import CronExpressions
import Foundation

/// A random delay of each occurrence, so that jobs of the same minute do not all start in the same second.
///
/// The delay follows from the seed and the moment alone: asked again, also after a restart, it is the same.
package struct Jitter: Codable, Hashable, Sendable {
    /// What a sentence may ask for.
    package static let allowed = 1...7 * 86_400

    /// Every delay is shorter, in whole seconds.
    package var seconds: Int
    /// Tells the delays of one schedule from those of another.
    package var seed: UInt32
    /// When the delay was made: moments up to then are past, and are not delayed into the time after.
    package var since: Date?

    package init(seconds: Int, seed: UInt32, since: Date? = nil) {
        self.seconds = seconds
        self.seed = seed
        self.since = since
    }

    /// - Parameter text: the same text makes the same seed (FNV-1a).
    package init(seconds: Int, seededBy text: String) {
        self.init(seconds: seconds, seed: text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 })
    }

    /// "with a random delay of up to 5 minutes".
    var text: String { "with a random delay of up to \(Schedule.duration(seconds))" }

    /// The moment with its delay: never before `moment`, and always before `next`.
    func delayed(_ moment: Date, before next: Date?) -> Date {
        let room = next.map { Int($0.timeIntervalSince(moment).rounded(.down)) } ?? seconds
        let window = min(seconds, room)
        guard window > 1 else { return moment }
        let milliseconds = Int64((moment.timeIntervalSince1970 * 1000).rounded())
        let mixed = Self.mixed(UInt64(bitPattern: milliseconds) ^ UInt64(seed) << 32)
        return moment + TimeInterval(mixed.multipliedFullWidth(by: UInt64(window)).high)
    }

    /// Spreads neighbouring numbers over all of 64 bits (the finishing steps of SplitMix64).
    private static func mixed(_ number: UInt64) -> UInt64 {
        var value = number &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

extension Schedule {
    /// The first delayed moment strictly after `date`.
    ///
    /// A delay ends before the next moment of the pattern, so that only the last moment up to `date` can still be to
    /// come, and no two change places.
    func delayed(after date: Date, by jitter: Jitter, in zone: ZoneRules) -> Date? {
        // One second back: a moment that is exactly `date` can be delayed until after it.
        var moment = nominal(before: date, in: zone) ?? nominal(after: date - 1, in: zone)
        if let since = jitter.since, let early = moment, early <= since { moment = nominal(after: since, in: zone) }
        while let candidate = moment {
            let due = delayed(candidate, by: jitter, in: zone)
            if due > date { return due }
            moment = nominal(after: candidate, in: zone)
        }
        return nil
    }

    /// The last delayed moment strictly before `date`.
    func delayed(before date: Date, by jitter: Jitter, in zone: ZoneRules) -> Date? {
        guard let last = nominal(before: date, in: zone), isDelayed(last, by: jitter) else { return nil }
        let due = delayed(last, by: jitter, in: zone)
        if due < date { return due }
        guard let before = nominal(before: last, in: zone), isDelayed(before, by: jitter) else { return nil }
        return delayed(before, by: jitter, in: zone)
    }

    private func isDelayed(_ moment: Date, by jitter: Jitter) -> Bool { jitter.since.map { moment > $0 } ?? true }

    /// Exclusions do not widen the room, so that a change of a calendar moves no other moment.
    private func delayed(_ moment: Date, by jitter: Jitter, in zone: ZoneRules) -> Date {
        jitter.delayed(moment, before: pattern.next(after: moment, in: zone))
    }
}
