import Foundation
import Synchronization

extension ZoneRules {
    /// The rules of a zone: an IANA name or link in any letter case, `UTC`, or a fixed offset (`UTC+05:30`, `GMT+2`).
    ///
    /// Rules are kept in memory; after an update of the system's zone data, the new rules are found within a minute.
    package static func named(_ identifier: String) throws(ZoneError) -> ZoneRules {
        if let kept = cache.withLock({ $0.rules(identifier) }) { return kept }
        if let failure = cache.withLock({ $0.failure(identifier) }) { throw failure }
        guard let found = find(identifier) else {
            let failure = ZoneError(unknown: identifier)
            cache.withLock { $0.keep(failure, for: identifier) }
            throw failure
        }
        cache.withLock { $0.keep(found.rules, file: found.file, for: identifier) }
        return found.rules
    }

    /// Names of zones and of links to them, sorted.
    package static var allIdentifiers: [String] { ZoneDirectory.identifiers }

    /// At most three names that `text` was perhaps meant to be, best first.
    package static func nearest(to text: String) -> [String] { ZoneDirectory.nearest(to: text) }

    private static let cache = Mutex(ZoneCache())

    private typealias Found = (rules: ZoneRules, file: ZoneCache.File?)

    /// A name as written goes first: `GMT+0` is one. Only then are all names listed to find another spelling.
    private static func find(_ identifier: String) -> Found? {
        let wanted = identifier.trimmingCharacters(in: .whitespaces).replacing(" ", with: "_")
        if let found = read(wanted) ?? fixed(identifier) { return found }
        return ZoneDirectory.spelling[wanted.lowercased()].flatMap { $0 == "UTC" ? (utc, nil) : read($0) }
    }

    private static func read(_ name: String) -> Found? {
        guard let path = ZoneDirectory.path(of: name), let data = FileManager.default.contents(atPath: path),
            let table = try? ZoneFile(data).table()
        else { return nil }
        return (ZoneRules(identifier: name, table: table), ZoneCache.File(path))
    }

    private static func fixed(_ identifier: String) -> Found? {
        guard let seconds = FixedOffset.seconds(identifier) else { return nil }
        if seconds == 0 { return (utc, nil) }
        let name = FixedOffset.name(seconds)
        return (ZoneRules(identifier: name, table: ZoneTable(fixedOffset: seconds, abbreviation: name)), nil)
    }
}

/// Zones that are named by their distance from UTC.
enum FixedOffset {
    /// `UTC+05:30`, `GMT+2`, `utc-0930`, `+02:00` in seconds east of UTC; at most 18 hours. `nil` for anything else.
    static func seconds(_ text: String) -> Int? {
        let pattern = /\s*(?:UTC|GMT)?\s*([+\-\u{2212}])\s*(\d{1,2})(?::?(\d\d))?\s*/.ignoresCase().asciiOnlyDigits()
        guard let match = text.wholeMatch(of: pattern), let hours = Int(match.2),
            let minutes = match.3.map({ Int($0) }) ?? 0, minutes < 60, hours * 60 + minutes <= 18 * 60
        else { return nil }
        return (hours * 60 + minutes) * (match.1 == "+" ? 60 : -60)
    }

    /// `UTC+05:30` for 19,800.
    static func name(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "UTC\(seconds < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    }
}

/// Rules that were read, by the name that was asked for.
struct ZoneCache {
    /// A file as it was when it was read.
    struct File {
        var path: String
        var modified: Date?

        init(_ path: String) {
            self.path = path
            modified = Self.modified(path)
        }

        var isUnchanged: Bool { Self.modified(path) == modified }

        private static func modified(_ path: String) -> Date? {
            let resolved = (path as NSString).resolvingSymlinksInPath
            return try? FileManager.default.attributesOfItem(atPath: resolved)[.modificationDate] as? Date
        }
    }

    private struct Entry {
        var rules: ZoneRules
        var file: File?
        var checked: ContinuousClock.Instant
    }

    private static let trustedFor = Duration.seconds(60)
    private static let capacity = 2_000
    private var entries: [String: Entry] = [:]
    /// Names that are no zones: looking for the nearest ones takes milliseconds.
    private var failures: [String: (error: ZoneError, found: ContinuousClock.Instant)] = [:]

    /// Why `name` was refused a short while ago.
    func failure(_ name: String) -> ZoneError? {
        guard let known = failures[name], ContinuousClock.now - known.found < Self.trustedFor else { return nil }
        return known.error
    }

    mutating func keep(_ error: ZoneError, for name: String) {
        if failures.count >= Self.capacity { failures.removeAll() }
        failures[name] = (error, .now)
    }

    /// What was kept for `name`, unless its file has changed since.
    mutating func rules(_ name: String) -> ZoneRules? {
        guard let entry = entries[name] else { return nil }
        guard let file = entry.file else { return entry.rules }
        let now = ContinuousClock.now
        if now - entry.checked > Self.trustedFor {
            guard file.isUnchanged else {
                entries[name] = nil
                return nil
            }
            entries[name]?.checked = now
        }
        return entry.rules
    }

    mutating func keep(_ rules: ZoneRules, file: File?, for name: String) {
        if entries.count >= Self.capacity { entries.removeAll() }
        entries[name] = Entry(rules: rules, file: file, checked: .now)
    }
}
