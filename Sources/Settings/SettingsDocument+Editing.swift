import Foundation

/// Changing single values while comments, order and spacing stay as the person wrote them.
extension SettingsDocument {
    /// The text with `key` set to `value`; a list is given as items with commas between.
    ///
    /// Throws `handwritten` where the result would not read back as asked, such as inside braces.
    func setting(_ key: String, to value: String, asList: Bool) throws(SettingsError) -> String {
        let written = asList ? Self.list(value) : Self.scalar(value)
        let edited = entry(key).map { replacing($0, with: written) } ?? inserting(key, written)
        var expected = values
        expected[key] = asList ? SettingDefinition.items(of: value).joined(separator: ", ") : value
        return try checked(edited, holds: expected, key: key)
    }

    /// The text without `key`, and without the groups that this leaves empty.
    func removing(_ key: String) throws(SettingsError) -> String {
        guard let entry = entry(key) else { return text }
        var expected = values
        expected[key] = nil
        let shorter = joined(without: entry)
        var document = try parsed(shorter, key: key)
        var group = key
        while let dot = group.lastIndex(of: ".") {
            group = String(group[..<dot])
            guard let rest = document.entry(group), rest.isEmpty else { break }
            document = try parsed(document.joined(without: rest), key: key)
        }
        return try checked(document.text, holds: expected, key: key)
    }

    /// What every key says; keys without a value are left out.
    private var values: [String: String] {
        Dictionary(entries.filter { !$0.isEmpty }.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    private var lines: [String] { text.components(separatedBy: "\n") }

    private func parsed(_ edited: String, key: String) throws(SettingsError) -> SettingsDocument {
        do {
            return try SettingsDocument(edited, path: path)
        } catch {
            throw handwritten(key)
        }
    }

    /// The last guard: an edit that a person could not have meant never reaches the file.
    private func checked(
        _ edited: String, holds expected: [String: String], key: String
    ) throws(SettingsError) -> String {
        guard try parsed(edited, key: key).values == expected else { throw handwritten(key) }
        return edited
    }

    private func handwritten(_ key: String) -> SettingsError {
        SettingsError(.handwritten(key: key), at: .file(path: path, line: entry(key)?.line, column: nil))
    }

    private func replacing(_ entry: Entry, with written: String) -> String {
        var lines = lines
        let old = lines[entry.line - 1]
        let valueStart = Self.endOfKey(in: old, column: entry.column)
        let comment = Self.comment(in: old[valueStart...]).map { "  " + $0 } ?? ""
        lines[entry.line - 1] = old[..<valueStart] + " " + written + comment
        lines.removeSubrange(entry.line..<max(entry.line, entry.lastLine))
        return lines.joined(separator: "\n")
    }

    private func joined(without entry: Entry) -> String {
        var lines = lines
        lines.removeSubrange((entry.line - 1)..<max(entry.line, entry.lastLine))
        return lines.joined(separator: "\n")
    }

    private func inserting(_ key: String, _ written: String) -> String {
        let place = placeForNewKey(key)
        var names = key.split(separator: ".").dropFirst(place.known).map(String.init)
        let last = names.removeLast()
        var added: [String] = []
        var indent = place.indent
        for name in names {
            added.append(String(repeating: " ", count: indent) + name + ":")
            indent += 2
        }
        added.append(String(repeating: " ", count: indent) + "\(last): \(written)")
        var lines = lines
        if let after = place.line {
            lines.insert(contentsOf: added, at: after)
        } else {
            while lines.last?.isEmpty ?? false { lines.removeLast() }
            lines += added + [""]
        }
        return lines.joined(separator: "\n")
    }

    /// Below the longest group that the key begins with; without one, at the end (`line` is `nil`).
    private func placeForNewKey(_ key: String) -> (line: Int?, indent: Int, known: Int) {
        let names = key.split(separator: ".")
        for known in (1..<max(1, names.count)).reversed() {
            let prefix = names.prefix(known).joined(separator: ".")
            if let group = groups.first(where: { $0.key == prefix && !$0.isInBraces }) {
                let child = entries.first { $0.key.hasPrefix(prefix + ".") }
                let nearest = groups.first { $0.key.hasPrefix(prefix + ".") && $0.line <= (child?.line ?? .max) }
                return (group.lastLine, ((nearest ?? child)?.column ?? group.column + 2) - 1, known)
            }
            if let empty = entry(prefix), empty.isEmpty { return (empty.line, empty.column + 1, known) }
        }
        return (nil, 0, 0)
    }
}

// MARK: Pieces of a line

extension SettingsDocument {
    /// The index after the colon that ends the key at `column` (from 1, counted in scalars).
    private static func endOfKey(in line: String, column: Int) -> String.Index {
        let scalars = line.unicodeScalars
        let start = scalars.index(scalars.startIndex, offsetBy: column - 1, limitedBy: scalars.endIndex)
        guard let colon = line[(start ?? line.startIndex)...].firstIndex(of: ":") else { return line.endIndex }
        return line.index(after: colon)
    }

    /// The comment at the end of a line, from its `#`; a `#` inside quotes or inside a word is none.
    private static func comment(in rest: Substring) -> String? {
        var quote: Character?
        var previous: Character = " "
        for index in rest.indices {
            let character = rest[index]
            if let open = quote {
                if character == open, previous != "\\" { quote = nil }
            } else if character == "#", previous.isWhitespace {
                return String(rest[index...])
            } else if character == "\"" || character == "'", previous.isWhitespace || previous == "[" {
                quote = character
            }
            previous = character
        }
        return nil
    }

    private static func list(_ value: String) -> String {
        "[" + SettingDefinition.items(of: value).map(scalar).joined(separator: ", ") + "]"
    }

    /// Plain where every reader of YAML sees the same text, else in double quotes with JSON's escapes.
    private static func scalar(_ value: String) -> String {
        if value.wholeMatch(of: /[A-Za-z0-9\/._][A-Za-z0-9\/._@:+=?&%-]*[A-Za-z0-9\/._+=?&%-]|[A-Za-z0-9\/_]/) != nil {
            return value
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let quoted = (try? encoder.encode(value)) ?? Data("\"\"".utf8)
        return String(decoding: quoted, as: UTF8.self)
    }
}
