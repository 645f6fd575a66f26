import IntentContract
import JobModel

/// What of this machine a condition asks about: "the disk is more than 85% full", "the load goes above 6",
/// "/var/backups/latest.tar is missing".
struct SystemSubject {
    let action: ActionIntent
    /// The name of the step that reads it.
    let name: String
    /// The condition, where a file's presence decides; `nil` where a number does.
    let presence: String?

    /// `nil` where the words speak of nothing that the machine itself can tell.
    ///
    /// - Parameter noun: what "it" is: the name of a step that looks at the machine.
    init?(_ pieces: Pieces, noun: String? = nil) {
        let keys = pieces.filter(\.isWord).map(\.key) + [noun].compactMap(\.self)
        if let path = Self.path(in: pieces) {
            guard let test = Self.presence(keys) else { return nil }
            action = .system(.file, path: String(path.raw))
            (name, presence) = ("file", test)
            return
        }
        guard let measure = Self.measure(keys) else { return nil }
        action = .system(measure, path: nil)
        name = measure == .load ? "load" : measure.rawValue.hasPrefix("disk") ? "disk" : "memory"
        presence = nil
    }

    /// An absolute path, or any behind the word "file".
    private static func path(in pieces: Pieces) -> Piece? {
        for (place, piece) in pieces.enumerated() where piece.isWord {
            let word = piece.key
            if word.hasPrefix("/") || word.hasPrefix("~/"), word.count > 2 { return piece }
            let isLooksLikeFile = word.contains("/") || word.contains(".")
            if place > 0, pieces[place - 1].key == "file", isLooksLikeFile, !Targets.isURL(word) { return piece }
        }
        return nil
    }

    private static let looking = Pattern(
        """
        (check / look at / watch / monitor / inspect / measure / read / keep an eye on / have a look at / test / track)
        [the|my|our|this] [current|free|used|system|server|machine|cpu] (disk|drive|storage / memory|ram / load)
        [space|usage|use|average|level]
        """)

    /// "check the disk": the share that is used, unless a condition asks for another measure.
    static func look(_ pieces: Pieces) -> ActionIntent? {
        guard looking.match(pieces) != nil else { return nil }
        let keys = pieces.keys
        if keys.contains("load") { return .system(.load, path: nil) }
        return .system(
            keys.contains { ["memory", "ram"].contains($0) } ? .memoryUsedPercent : .diskUsedPercent, path: nil)
    }

    private static func presence(_ keys: [String]) -> String? {
        let negated = keys.contains { ["not", "no", "never"].contains($0) }
        if keys.contains(where: { ["missing", "gone", "absent", "deleted", "disappears", "vanishes"].contains($0) }) {
            return negated ? "file contains \"present\"" : "file contains \"missing\""
        }
        if keys.contains(where: { ["exists", "exist", "there", "appears", "appear", "present"].contains($0) }) {
            return negated ? "file contains \"missing\"" : "file contains \"present\""
        }
        // A file that is missing is neither empty nor not empty.
        if keys.contains("empty") { return negated ? "file contains \"bytes\"" : "file contains \"empty\"" }
        let changes = keys.contains { ["changes", "changed", "change", "modified"].contains($0) }
        return changes ? (negated ? "not file changed" : "file changed") : nil
    }

    private static func measure(_ keys: [String]) -> SystemMeasure? {
        guard keys.contains(where: { WordNumber.measure($0) != nil }) else { return nil }
        let isFree = keys.contains { ["free", "left", "available", "remaining", "remains"].contains($0) }
        let isAbsolute = keys.contains { key in
            ["gb", "gigabytes", "gib", "mb", "megabytes", "tb"].contains { key == $0 || key.hasSuffix($0) }
        }
        if keys.contains(where: { ["disk", "drive", "filesystem", "storage"].contains($0) }) {
            if isAbsolute { return isFree ? .diskFreeGigabytes : nil }
            return isFree ? .diskFreePercent : .diskUsedPercent
        }
        if keys.contains(where: { ["memory", "ram"].contains($0) }) {
            if isAbsolute { return isFree && !keys.contains("gb") ? .memoryFreeMegabytes : nil }
            return isFree ? .memoryFreePercent : .memoryUsedPercent
        }
        return keys.contains("load") ? .load : nil
    }
}
