import CronOracle
import Foundation
import Glibc

/// The zones of the system's tzdata, read by the C library.
///
/// Foundation is not asked here: it takes the zone `WET` for an abbreviation and answers with Lisbon's clock, which was
/// an hour ahead of it from 1992 to 1996. In all other zones the two agree from 1990 to 2037.
enum SystemZones {
    /// The span that is checked: 1990 to 2037, seconds since 1970 UTC.
    static let span = 631_152_000..<2_145_916_800

    private static let folder = "/usr/share/zoneinfo"

    /// One name for each different content of a zone file, sorted.
    static func distinctNames() -> [String] {
        var names: [Data: String] = [:]
        // Copies, the machine's own setting, and a place holder that says that no zone was set.
        let skipped = ["posix/", "right/", "localtime", "posixrules", "Factory"]
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for name in all.sorted() where !skipped.contains(where: name.hasPrefix) {
            guard let content = FileManager.default.contents(atPath: "\(folder)/\(name)"),
                content.starts(with: "TZif".utf8), names[content] == nil
            else { continue }
            names[content] = name
        }
        return names.values.sorted()
    }

    /// The offsets by the C library's local time. It knows one zone at a time, so this is for one thread alone.
    static func offsets(of name: String) -> ZoneOffsets {
        setenv("TZ", ":\(name)", 1)
        tzset()
        let margin = 4 * 86_400
        return ZoneOffsets(from: span.lowerBound - margin, through: span.upperBound + margin) { instant in
            var moment = time_t(instant)
            var local = tm()
            localtime_r(&moment, &local)
            return local.tm_gmtoff
        }
    }
}
