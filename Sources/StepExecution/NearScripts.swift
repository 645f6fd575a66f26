import Foundation

/// Names in the scripts folder that somebody may have meant.
enum NearScripts {
    /// At most three, nearest first; looks at the first thousand files.
    static func names(like name: String, in folder: String) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
        var found: [(name: String, distance: Int)] = []
        for case let other as String in walk.prefix(1000) {
            let distance = distance(name.lowercased(), other.lowercased())
            let stem = (name as NSString).deletingPathExtension.lowercased()
            let isPart = stem.count > 2 && other.lowercased().contains(stem)
            if distance <= max(1, name.count / 4) || isPart { found.append((other, isPart ? 0 : distance)) }
        }
        return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// Edits that turn one text into the other.
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.prefix(100))
        let right = Array(right.prefix(100))
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let substituted = diagonal + (character == other ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(substituted, diagonal + 1, row[place] + 1)
            }
        }
        return row[right.count]
    }
}
