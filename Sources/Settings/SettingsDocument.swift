import Foundation
import Yams

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
        let root = try Self.compose(text, path: path)
        var reader = EntryReader(path: path)
        if let root { try reader.read(root, prefix: "", depth: 0) }
        self.text = text
        self.path = path
        entries = reader.entries
        groups = reader.groups
    }

    func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

    private static func compose(_ text: String, path: String) throws(SettingsError) -> Node.Mapping? {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw problem(error, path: path)
        }
        guard let node, !text.allSatisfy(\.isWhitespace) else { return nil }
        if let mapping = node.mapping { return mapping }
        if node.scalar?.string.isEmpty ?? false { return nil }
        throw SettingsError(
            .brokenYAML("the file must hold 'key: value' lines"),
            at: .file(path: path, line: node.mark?.line, column: node.mark?.column))
    }

    private static func problem(_ error: any Error, path: String) -> SettingsError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            SettingsError(.brokenYAML(problem), at: .file(path: path, line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let keys, let context):
            SettingsError(
                .duplicateKey(keys.first ?? ""),
                at: .file(path: path, line: context.mark.line, column: nil))
        case .reader(let problem, _, _, _):
            SettingsError(.brokenYAML(problem), at: .file(path: path, line: nil, column: nil))
        default:
            SettingsError(.brokenYAML("\(error)"), at: .file(path: path, line: nil, column: nil))
        }
    }
}

/// Walks a mapping and collects its entries. Aliases may make a small file large, so the number is bounded.
private struct EntryReader {
    let path: String
    var entries: [SettingsDocument.Entry] = []
    var groups: [SettingsDocument.Entry] = []

    private static let mostEntries = 1000
    private static let deepest = 8

    mutating func read(_ mapping: Node.Mapping, prefix: String, depth: Int) throws(SettingsError) {
        for (keyNode, value) in mapping {
            let mark = keyNode.mark ?? value.mark
            let place = SettingsError.Source.file(path: path, line: mark?.line, column: mark?.column)
            guard let key = keyNode.scalar?.string else {
                throw SettingsError(.brokenYAML("a key must be a word"), at: place)
            }
            guard entries.count < Self.mostEntries, depth < Self.deepest else {
                throw SettingsError(.brokenYAML("there is more here than settings have"), at: place)
            }
            try read(key: prefix + key, value, line: mark?.line ?? 1, column: mark?.column ?? 1, depth: depth)
        }
    }

    private mutating func read(
        key: String, _ node: Node, line: Int, column: Int, depth: Int
    ) throws(SettingsError) {
        var entry = SettingsDocument.Entry(
            key: key, value: "", line: line, column: column, lastLine: max(line, node.mark?.line ?? line))
        switch node {
        case .mapping(let members) where !members.isEmpty:
            let first = entries.count
            try read(members, prefix: key + ".", depth: depth + 1)
            entry.lastLine = entries[first...].map(\.lastLine).max() ?? line
            entry.isInBraces = members.style == .flow
            groups.append(entry)
        case .sequence(let items):
            let texts = items.compactMap { $0.scalar?.string }
            guard texts.count == items.count else { throw listProblem(at: line) }
            entry.value = texts.joined(separator: ", ")
            entry.isList = true
            entry.lastLine = items.compactMap { $0.mark?.line }.max() ?? entry.lastLine
            entries.append(entry)
        default:
            entry.value = node.scalar?.string ?? ""
            entry.isEmpty = node.scalar.map { $0.style == .plain && $0.string.isEmpty } ?? true
            entries.append(entry)
        }
    }

    private func listProblem(at line: Int) -> SettingsError {
        SettingsError(
            .brokenYAML("a list here holds plain words only"), at: .file(path: path, line: line, column: nil))
    }
}
