import IntentContract
import JobModel

/// What of this machine a condition asks about: "the disk is more than 85% full", "the load goes above 6",
/// "/var/backups/latest.tar is missing".
///
/// Every word has to belong: "my memory of the meeting is above 90" speaks of something else, and is asked about.
struct SystemSubject {
    let action: ActionIntent
    /// The name of the step that reads it.
    let name: String
    private let test: Test

    /// "contains "missing"", "number > 90", and whether the words turn it round.
    private typealias Test = (text: String, isNegated: Bool)

    /// `nil` where the words speak of nothing that the machine itself can tell.
    ///
    /// - Parameter noun: what "it" is: "disk", "memory" or "load" where a step looks at one.
    init?(_ pieces: Pieces, noun: String? = nil) {
        if let place = Self.path(in: pieces) {
            var keys = pieces.filter { $0.isWord || $0.isTime }.map(\.key)
            keys.removeAll { $0 == pieces[place].key }
            guard let test = Self.presence(keys) else { return nil }
            action = .system(.file, path: String(pieces[place].raw))
            (name, self.test) = ("file", test)
            return
        }
        let keys = pieces.filter { $0.isWord || $0.isTime }.map(\.key)
        guard let found = Self.comparison(keys), let measure = Self.measure(keys, noun: noun),
            let factor = Self.factor(keys, of: measure)
        else { return nil }
        action = .system(measure, path: nil)
        name = measure == .load ? "load" : measure.rawValue.hasPrefix("disk") ? "disk" : "memory"
        let value = found.value * factor
        let isNegated = keys[..<found.place].contains { Self.negations.contains($0) }
        test = (".number \(found.sign) \(Int(exactly: value).map(String.init) ?? String(value))", isNegated)
    }

    /// The condition on what the step of this name reads.
    func condition(on step: String, negated: Bool) -> String {
        negated != test.isNegated ? "not \(step)\(test.text)" : "\(step)\(test.text)"
    }

    /// "whether the disk is full and warn me": the words up to the next order speak of the machine.
    static func begins(_ pieces: some Collection<Piece>) -> Bool {
        SystemSubject(Array(pieces.prefix { !["and", "then", "but", "if"].contains($0.key) && !$0.isStop })) != nil
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
}

// MARK: Files

extension SystemSubject {
    /// An absolute path, or any behind the word "file".
    private static func path(in pieces: Pieces) -> Int? {
        pieces.indices.first { place in
            let word = pieces[place].key
            guard pieces[place].isWord else { return false }
            if word.hasPrefix("/") || word.hasPrefix("~/"), word.count > 2 { return true }
            let looksLikeFile = word.contains("/") || word.contains(".")
            return place > 0 && pieces[place - 1].key == "file" && looksLikeFile && !Targets.isURL(word)
        }
    }

    private static let gone: Set<String> = ["missing", "gone", "absent", "deleted", "disappears", "vanishes"]
    private static let there: Set<String> = ["exists", "exist", "there", "appears", "appear", "present"]
    private static let changing: Set<String> = ["changes", "changed", "change", "modified"]
    private static let negations: Set<String> = ["not", "no", "never"]
    private static let besides: Set<String> = [
        "the", "my", "our", "a", "file", "is", "has", "does", "was", "gets", "been", "any", "more", "longer", "still",
        "now", "if", "it",
    ]

    /// - Parameter keys: the words beside the path.
    private static func presence(_ keys: [String]) -> Test? {
        let known = gone.union(there).union(changing).union(negations).union(besides).union(["empty"])
        guard keys.allSatisfy(known.contains) else { return nil }
        let negated = keys.contains(where: negations.contains)
        if keys.contains(where: gone.contains) {
            return (negated ? " contains \"present\"" : " contains \"missing\"", false)
        }
        // A file that is missing is neither empty nor not empty.
        if keys.contains("empty") { return (negated ? " contains \"bytes\"" : " contains \"empty\"", false) }
        if keys.contains(where: changing.contains) { return (" changed", negated) }
        guard keys.contains(where: there.contains) else { return nil }
        return (negated ? " contains \"missing\"" : " contains \"present\"", false)
    }
}

// MARK: Numbers

extension SystemSubject {
    private static let disk: Set<String> = ["disk", "drive", "filesystem", "storage"]
    private static let memory: Set<String> = ["memory", "ram"]
    private static let free: Set<String> = ["free", "left", "available", "remaining", "remains"]
    private static let beside: Set<String> = [
        "the", "my", "our", "this", "a", "an", "there", "is", "are", "has", "have", "goes", "gets", "climbs", "rises",
        "drops", "falls", "runs", "was", "be", "of", "on", "it", "its", "not", "never", "still", "now", "ever", "cpu",
        "system", "server", "machine", "computer", "host", "free", "used", "full", "in", "use", "usage", "space",
        "level", "average", "percent", "%", "value",
    ]
    /// Units and how many of the measure's own unit they are.
    private static let diskUnits: [String: Double] = [
        "tb": 1_000, "terabytes": 1_000, "gb": 1, "gigabytes": 1, "gigs": 1, "mb": 0.001, "megabytes": 0.001,
    ]
    private static let memoryUnits: [String: Double] = [
        "gb": 1_000, "gigabytes": 1_000, "gigs": 1_000, "mb": 1, "megabytes": 1,
    ]

    /// The comparison; `nil` where a word does not belong, or another number than the one compared with is said.
    private static func comparison(_ keys: [String]) -> Comparison? {
        let known = disk.union(memory).union(free).union(beside).union(Comparison.words).union(diskUnits.keys).union([
            "load"
        ])
        guard keys.allSatisfy({ known.contains($0) || WordNumber.measure($0) != nil }),
            keys.count(where: { WordNumber.measure($0) != nil }) == 1
        else { return nil }
        return Comparison.first(in: keys)
    }

    private static func measure(_ keys: [String], noun: String?) -> SystemMeasure? {
        let isFree = keys.contains(where: free.contains)
        let isAbsolute = unit(of: keys) != nil
        let isDisk = keys.contains(where: disk.contains)
        let isMemory = keys.contains(where: memory.contains)
        let isLoad = keys.contains("load")
        switch (isDisk, isMemory, isLoad) {
        case (true, false, false): return measure(ofDisk: isFree, isAbsolute)
        case (false, true, false): return measure(ofMemory: isFree, isAbsolute)
        case (false, false, true): return isAbsolute || isFree ? nil : .load
        case (false, false, false):
            switch noun {
            case "disk": return measure(ofDisk: isFree, isAbsolute)
            case "memory": return measure(ofMemory: isFree, isAbsolute)
            case "load": return isAbsolute || isFree ? nil : .load
            default: return nil
            }
        default: return nil
        }
    }

    private static func measure(ofDisk isFree: Bool, _ isAbsolute: Bool) -> SystemMeasure? {
        if isAbsolute { return isFree ? .diskFreeGigabytes : nil }
        return isFree ? .diskFreePercent : .diskUsedPercent
    }

    private static func measure(ofMemory isFree: Bool, _ isAbsolute: Bool) -> SystemMeasure? {
        if isAbsolute { return isFree ? .memoryFreeMegabytes : nil }
        return isFree ? .memoryFreePercent : .memoryUsedPercent
    }

    private static func unit(of keys: [String]) -> String? {
        keys.lazy.compactMap { key in
            diskUnits.keys.first {
                key == $0 || key.hasSuffix($0) && WordNumber.measure(String(key.dropLast($0.count))) != nil
            }
        }.first
    }

    private static func factor(_ keys: [String], of measure: SystemMeasure) -> Double? {
        guard let unit = unit(of: keys) else { return 1 }
        return measure == .diskFreeGigabytes ? diskUnits[unit] : memoryUnits[unit]
    }
}
