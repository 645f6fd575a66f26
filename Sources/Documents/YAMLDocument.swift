import Foundation
import Yams

/// Reads YAML. Scalars keep their spelling; anchors and aliases are followed within bounds.
package enum YAMLDocument {
    /// Of values, keys included, and of nesting: nine aliases of nine aliases make a small text endless.
    private static let mostNodes = 100_000
    private static let deepest = 64

    /// The document that `text` is, `nil` for one of blanks and comments. Several documents in one text are refused.
    package static func read(_ text: String) throws(DocumentError) -> DocumentNode? {
        if text.allSatisfy(\.isWhitespace) { return nil }
        try requireShallow(text)
        let composed: Node?
        do {
            composed = try Yams.compose(yaml: text)
        } catch {
            throw problem(error)
        }
        guard let composed else { return nil }
        var left = mostNodes
        return try node(composed, depth: 0, left: &left)
    }

    /// The library calls itself for each bracket and each dash, and a stack has an end.
    private static func requireShallow(_ text: String) throws(DocumentError) {
        var depth = 0
        var lead: Int? = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case 0x0A: lead = 0
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
                lead = lead.map { $0 + 1 }
                continue
            default: break
            }
            if byte != 0x0A { lead = nil }
            guard depth < 500, lead ?? 0 < 1_000 else { throw DocumentError(.tooMuch, at: nil) }
        }
    }

    private static func node(_ node: Node, depth: Int, left: inout Int) throws(DocumentError) -> DocumentNode {
        let place = DocumentPlace(line: node.mark?.line ?? 1, column: node.mark?.column)
        left -= 1
        guard left > 0, depth < deepest else { throw DocumentError(.tooMuch, at: place) }
        switch node {
        case .scalar(let scalar):
            let kind: DocumentScalar.Kind = scalar.style == .plain ? .word : .text
            return DocumentNode(.scalar(DocumentScalar(scalar.string, kind)), at: place)
        case .sequence(let items):
            var list: [DocumentNode] = []
            for item in items { list.append(try self.node(item, depth: depth + 1, left: &left)) }
            return DocumentNode(.list(list), at: place)
        case .mapping(let mapping):
            let members = try members(of: mapping, depth: depth, left: &left)
            return DocumentNode(.object(members, isInBraces: mapping.style == .flow), at: place)
        case .alias:
            throw DocumentError(.syntax("this alias names nothing"), at: place)
        }
    }

    private static func members(
        of mapping: Node.Mapping, depth: Int, left: inout Int
    ) throws(DocumentError) -> [DocumentMember] {
        var members: [DocumentMember] = []
        for (key, value) in mapping {
            let mark = key.mark ?? value.mark
            let place = DocumentPlace(line: mark?.line ?? 1, column: mark?.column)
            guard let name = key.scalar?.string else { throw DocumentError(.syntax("a key must be a word"), at: place) }
            members.append(
                DocumentMember(key: name, at: place, value: try node(value, depth: depth + 1, left: &left)))
        }
        return members
    }

    private static func problem(_ error: any Error) -> DocumentError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            DocumentError(.syntax(problem), at: DocumentPlace(line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let keys, let context):
            DocumentError(.duplicateKey(keys.first ?? ""), at: DocumentPlace(line: context.mark.line))
        case .reader(let problem, _, _, _): DocumentError(.syntax(problem), at: nil)
        default: DocumentError(.syntax("\(error)"), at: nil)
        }
    }
}
