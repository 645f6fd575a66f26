import Foundation

/// Names of time zones, as far as settings need them: whether the machine knows one, and which one it uses.
package enum TimeZoneName {
    /// `UTC`, `GMT`, a fixed offset (`UTC+05:30`), or a zone of the system's database.
    package static func exists(_ name: String, database: String = "/usr/share/zoneinfo") -> Bool {
        if name == "UTC" || name == "GMT" { return true }
        if name.wholeMatch(of: /UTC[+-](0\d|1[0-4]):[0-5]\d/) != nil { return true }
        guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*/) != nil else { return false }
        return isZoneFile("\(database)/\(name)")
    }

    /// Zone files begin with the four letters of RFC 8536; the database's lists and tables do not.
    private static func isZoneFile(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: 4)) == Data("TZif".utf8)
    }
}

/// The zone that this machine uses: `TZ`, then the link /etc/localtime, then /etc/timezone, else `UTC`.
///
/// A `TZ` that is a rule (`CET-1CEST`) has no name and is passed over. `root` stands in for `/` in tests.
package func systemTimeZoneName(environment: [String: String], root: String = "") -> String {
    let database = root + "/usr/share/zoneinfo"
    let candidates = [
        environment["TZ"].map { $0.isEmpty ? "UTC" : $0 },
        linkTarget(root + "/etc/localtime"),
        firstLine(of: root + "/etc/timezone"),
    ]
    let names = candidates.lazy.compactMap { $0.map(zoneName) }
    return names.first { TimeZoneName.exists($0, database: database) } ?? "UTC"
}

/// `Europe/Berlin` of `:Europe/Berlin` or of `/usr/share/zoneinfo/posix/Europe/Berlin`.
private func zoneName(_ text: String) -> String {
    var name = Substring(text.hasPrefix(":") ? text.dropFirst() : Substring(text))
    if let folder = name.range(of: "zoneinfo/") { name = name[folder.upperBound...] }
    for variant in ["posix/", "right/"] where name.hasPrefix(variant) { name = name.dropFirst(variant.count) }
    return String(name)
}

private func linkTarget(_ path: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: path)
}

private func firstLine(of path: String) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return text.split(whereSeparator: \.isNewline).first.map { $0.trimmingCharacters(in: .whitespaces) }
}
