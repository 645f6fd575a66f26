import Foundation
import Yams

/// Reads YAML. Scalars keep their spelling; anchors and aliases are followed within bounds.
package enum YAMLDocument {
    /// The document that `text` is, `nil` for one of blanks and comments. Several documents in one text are refused.
    package static func read(_ text: String) throws(DocumentError) -> DocumentNode? {
        if text.allSatisfy(\.isWhitespace) { return nil }
        let composed: Node?
        do {
            composed = try Yams.compose(yaml: text)
        } catch {
            throw problem(error)
        }
        guard let composed else { return nil }
        var reader = YAMLTreeReader(text)
        return try reader.node(composed, depth: 0)
    }

    private static func problem(_ error: any Error) -> DocumentError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            DocumentError(.syntax(problem), at: DocumentPlace(line: mark.line, column: mark.column))
        case .composer(let context, let problem, let mark, _):
            DocumentError(
                .syntax([context?.text, problem].compactMap(\.self).joined(separator: ", ")),
                at: DocumentPlace(line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let keys, let context):
            DocumentError(.duplicateKey(keys.first ?? ""), at: DocumentPlace(line: context.mark.line))
        case .reader(let problem, _, _, _): DocumentError(.syntax(problem), at: nil)
        default: DocumentError(.syntax("\(error)"), at: nil)
        }
    }
}

/// From the library's tree to ours, within bounds.
private struct YAMLTreeReader {
    /// Of values, and of nesting: nine aliases of nine aliases make a small text endless.
    private static let mostNodes = 100_000
    private static let deepest = 64

    private let lines: [Substring.UnicodeScalarView]
    private var left = mostNodes

    init(_ text: String) {
        lines = text[...].unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    }

    mutating func node(_ node: Node, depth: Int) throws(DocumentError) -> DocumentNode {
        let place = DocumentPlace(line: node.mark?.line ?? 1, column: node.mark?.column)
        left -= 1
        guard left > 0, depth < Self.deepest else { throw DocumentError(.tooMuch, at: place) }
        switch node {
        case .scalar(let scalar):
            let kind: DocumentScalar.Kind = scalar.style == .plain ? .word : .text
            return DocumentNode(.scalar(DocumentScalar(scalar.string, kind)), at: place)
        case .sequence(let items):
            var list: [DocumentNode] = []
            for item in items { list.append(try self.node(item, depth: depth + 1)) }
            return DocumentNode(.list(list), at: place)
        case .mapping(let mapping):
            return DocumentNode(
                .object(try members(of: mapping, depth: depth), isInBraces: isBrace(at: place)), at: place)
        case .alias:
            throw DocumentError(.syntax("this alias names nothing"), at: place)
        }
    }

    /// Mappings know their style, but the library reads it off the wrong event.
    private func isBrace(at place: DocumentPlace) -> Bool {
        guard lines.indices.contains(place.line - 1), let column = place.column else { return false }
        return lines[place.line - 1].dropFirst(column - 1).first == "{"
    }

    private mutating func members(of mapping: Node.Mapping, depth: Int) throws(DocumentError) -> [DocumentMember] {
        var members: [DocumentMember] = []
        for (key, value) in mapping {
            let mark = key.mark ?? value.mark
            let place = DocumentPlace(line: mark?.line ?? 1, column: mark?.column)
            guard let name = key.scalar?.string else { throw DocumentError(.syntax("a key must be a word"), at: place) }
            members.append(
                DocumentMember(key: name, at: place, value: try node(value, depth: depth + 1)))
        }
        return members
    }
}
