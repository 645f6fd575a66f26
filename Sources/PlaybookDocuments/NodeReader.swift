import Documents
import JobModel

/// A text of the file with the place where it stands.
struct PlacedText: Hashable {
    let text: String
    let node: DocumentNode

    var place: DocumentPlace { node.place }
}

/// Reads members of a document, and reports those that are missing, unknown or of another kind.
struct NodeReader {
    let findings: Findings

    func requireKnown(_ keys: [String], in node: DocumentNode) {
        for member in node.members ?? [] where !keys.contains(member.key) {
            findings.report(
                "there is no key \(Self.quoted(member.key)); \(Self.advice(member.key, keys))", at: member.place)
        }
    }

    /// Its members, where it is an object.
    func members(_ node: DocumentNode, of key: String, such example: String) -> [DocumentMember] {
        if let members = node.members { return members }
        findings.report("\"\(key)\" is no object such as \(example)", at: node.place)
        return []
    }

    // MARK: Texts

    func required(_ key: String, of node: DocumentNode) -> PlacedText? {
        guard node[key] != nil else {
            findings.report("\"\(key)\" is missing", at: node.place)
            return nil
        }
        return text(key, of: node)
    }

    func text(_ key: String, of node: DocumentNode) -> PlacedText? {
        node[key].flatMap { text($0, named: key) }
    }

    func text(_ value: DocumentNode, named key: String) -> PlacedText? {
        guard let text = value.scalar?.text, text.contains(where: { !$0.isWhitespace }) else {
            findings.report("\"\(key)\" is empty or no text", at: value.place)
            return nil
        }
        return PlacedText(text: text, node: value)
    }

    /// A text, or a number as it is written.
    func word(_ key: String, of node: DocumentNode) -> PlacedText? {
        guard let value = node[key] else { return nil }
        guard let scalar = value.scalar, !scalar.isNull, !scalar.string.isEmpty else {
            findings.report("\"\(key)\" is empty, or no word", at: value.place)
            return nil
        }
        return PlacedText(text: scalar.string, node: value)
    }

    /// A list of texts, or one of them by itself.
    func texts(_ key: String, of node: DocumentNode) -> [PlacedText] {
        guard let value = node[key] else { return [] }
        return (value.list ?? [value]).compactMap { text($0, named: key) }
    }

    // MARK: Choices

    func truth(_ key: String, of node: DocumentNode) -> Bool? {
        guard let value = node[key] else { return nil }
        if let truth = value.scalar?.truth { return truth }
        findings.report("\"\(key)\" takes true or false", at: value.place)
        return nil
    }

    func choice<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, of node: DocumentNode, _ words: Word.Type
    ) -> Word? {
        guard let word = word(key, of: node) else { return nil }
        if let choice = Word(rawValue: word.text) { return choice }
        let advice = Self.advice(word.text, PlaybookFormat.names(words))
        findings.report("\(Self.quoted(word.text)) is no \(key); \(advice)", at: word.place)
        return nil
    }

    /// What would be right: the nearest name, or all of them.
    static func advice(_ name: String, _ names: [String]) -> String {
        if let near = NearestName.find(String(name.prefix(60)), among: names) { return "did you mean \"\(near)\"?" }
        guard !names.isEmpty else { return "there is none" }
        let shown = names.sorted().prefix(24).joined(separator: ", ")
        return "there \(names.count == 1 ? "is" : "are") \(shown)\(names.count > 24 ? ", …" : "")"
    }

    static func quoted(_ text: String) -> String {
        let line = text.withoutControlCharacters(keepingNewlines: false)
        return "\"\(line.count > 60 ? line.prefix(60) + "…" : line)\""
    }
}
