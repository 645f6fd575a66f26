import Documents
import Foundation

/// The text of a settings file with the place of every value in it.
struct SettingsDocument {
    /// One key of the file. Values are text as written; `1:30` and `no` stay what they look like.
    struct Entry: Hashable {
        /// Joined by dots.
        var key: String
        var value: String
        var isList = false
        /// A mapping with nothing in it, or a key with no value.
        var isEmpty = false
        /// From 1, of the key.
        var line: Int
        var column: Int
        /// The last line that a part of the value begins on.
        var lastLine: Int
        /// Of a group: its members stand between braces.
        var isInBraces = false
    }

    let text: String
    let path: String
    /// In the order of the file.
    let entries: [Entry]
    /// Keys of mappings that have members of their own; inner ones before those around them.
    let groups: [Entry]

    /// Reads YAML whose top is a mapping; an empty text is an empty mapping. `path` is for messages alone.
    init(_ text: String, path: String) throws(SettingsError) {
        let members = try Self.members(of: text, path: path)
        var reader = EntryReader(path: path)
        if let members { try reader.read(members, prefix: "", depth: 0) }
        self.text = text
        self.path = path
        entries = reader.entries
        groups = reader.groups
    }

    func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

    private static func members(of text: String, path: String) throws(SettingsError) -> [DocumentMember]? {
        let node: DocumentNode?
        do throws(DocumentError) {
            node = try YAMLDocument.read(text)
        } catch {
            throw problem(error, path: path)
        }
        guard let node else { return nil }
        if let members = node.members { return members }
        if node.scalar?.string.isEmpty ?? false { return nil }
        throw SettingsError(
            .brokenYAML("the file must hold 'key: value' lines"),
            at: .file(path: path, line: node.place.line, column: node.place.column))
    }

    private static func problem(_ error: DocumentError, path: String) -> SettingsError {
        let place = SettingsError.Source.file(path: path, line: error.place?.line, column: error.place?.column)
        return switch error.reason {
        case .syntax(let problem): SettingsError(.brokenYAML(problem), at: place)
        case .duplicateKey(let key): SettingsError(.duplicateKey(key), at: place)
        case .tooMuch: SettingsError(.brokenYAML(EntryReader.tooMuch), at: place)
        }
    }
}

/// Walks a mapping and collects its entries. Aliases may make a small file large, so the number is bounded.
private struct EntryReader {
    let path: String
    var entries: [SettingsDocument.Entry] = []
    var groups: [SettingsDocument.Entry] = []

    static let tooMuch = "there is more here than settings have"
    private static let mostEntries = 1000
    private static let deepest = 8

    mutating func read(_ members: [DocumentMember], prefix: String, depth: Int) throws(SettingsError) {
        for member in members {
            guard entries.count < Self.mostEntries, depth < Self.deepest else {
                let place = SettingsError.Source.file(
                    path: path, line: member.place.line, column: member.place.column)
                throw SettingsError(.brokenYAML(Self.tooMuch), at: place)
            }
            try read(key: prefix + member.key, member, depth: depth)
        }
    }

    private mutating func read(key: String, _ member: DocumentMember, depth: Int) throws(SettingsError) {
        let (line, node) = (member.place.line, member.value)
        var entry = SettingsDocument.Entry(
            key: key, value: "", line: line, column: member.place.column ?? 1, lastLine: max(line, node.place.line))
        switch node.content {
        case .object(let members, let isInBraces) where !members.isEmpty:
            let first = entries.count
            try read(members, prefix: key + ".", depth: depth + 1)
            entry.lastLine = entries[first...].map(\.lastLine).max() ?? line
            entry.isInBraces = isInBraces
            groups.append(entry)
        case .list(let items):
            let texts = items.compactMap { $0.scalar?.string }
            guard texts.count == items.count else { throw listProblem(at: line) }
            entry.value = texts.joined(separator: ", ")
            entry.isList = true
            entry.lastLine = items.map(\.place.line).max() ?? entry.lastLine
            entries.append(entry)
        default:
            entry.value = node.scalar?.string ?? ""
            entry.isEmpty = node.scalar.map { $0.kind == .word && $0.string.isEmpty } ?? true
            entries.append(entry)
        }
    }

    private func listProblem(at line: Int) -> SettingsError {
        SettingsError(
            .brokenYAML("a list here holds plain words only"), at: .file(path: path, line: line, column: nil))
    }
}
