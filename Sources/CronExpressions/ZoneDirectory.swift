import Foundation

/// The system's folder of zone files, and the names in it.
enum ZoneDirectory {
    /// The first folder that exists of the places that systems use.
    static let root: String? = [
        "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo",
        "/var/db/timezone/zoneinfo",
    ].first { FileManager.default.fileExists(atPath: $0) }

    /// Names of zones and of links to them, sorted.
    static let identifiers: [String] = Array(Set(spelling.values)).sorted()

    /// Lower-case name to its usual spelling.
    static let spelling: [String: String] = {
        var names = ["utc": "UTC"]
        for name in fileNames() { names[name.lowercased()] = name }
        for name in links.keys where names[name.lowercased()] == nil { names[name.lowercased()] = name }
        return names
    }()

    /// Older names to the present one, from the text form of the zone data. Systems may leave out their files.
    static let links: [String: String] = {
        guard let root, let data = FileManager.default.contents(atPath: root + "/tzdata.zi") else { return [:] }
        var links: [String: String] = [:]
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") where line.hasPrefix("L ") {
            let words = line.split(separator: " ")
            if words.count == 3 { links[String(words[2])] = String(words[1]) }
        }
        return links
    }()

    /// Where the data of `name`, in its usual spelling, lie: in its own file, or in that of the zone it links to.
    static func path(of name: String) -> String? {
        guard let root, isWellFormed(name) else { return nil }
        let own = "\(root)/\(name)"
        // Reading the links takes milliseconds, and hardly a system lacks the files.
        if FileManager.default.fileExists(atPath: own) { return own }
        return links[name].map { "\(root)/\($0)" }
    }

    /// Nothing that leaves the folder, and none of the copies with leap seconds.
    static func isWellFormed(_ name: String) -> Bool {
        let allowed = name.utf8.allSatisfy { byte in
            let letter = byte | 0x20
            return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "_+-/".utf8.contains(byte)
        }
        let first = name.split(separator: "/", omittingEmptySubsequences: false).first ?? ""
        return allowed && !first.isEmpty && !["posix", "right"].contains(first) && !notZones.contains(name)
    }

    private static let notZones: Set<String> = ["posixrules", "localtime", "leapseconds", "Factory"]

    private static func fileNames() -> [String] {
        guard let root, let paths = try? FileManager.default.subpathsOfDirectory(atPath: root) else { return [] }
        let folders = Set(paths.map { ($0 as NSString).deletingLastPathComponent })
        return paths.filter { isWellFormed($0) && !folders.contains($0) }
    }
}

extension ZoneDirectory {
    /// At most three names that `text` was perhaps meant to be, best first.
    static func nearest(to text: String) -> [String] {
        let wanted = Array(text.lowercased().replacing(" ", with: "_").utf8)
        guard !wanted.isEmpty, wanted.count <= 64 else { return [] }
        let scored = identifiers.compactMap { name -> (score: Int, name: String)? in
            let full = Array(name.lowercased().utf8)
            let city = Array(full[(full.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...])
            let score = min(distance(wanted, full) * 2, distance(wanted, city) * 2 + 1)
            return score <= max(2, wanted.count / 3) * 2 ? (score, name) : nil
        }
        return scored.sorted { ($0.score, $0.name) < ($1.score, $1.name) }.prefix(3).map(\.name)
    }

    /// Insertions, deletions and substitutions between the two.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
