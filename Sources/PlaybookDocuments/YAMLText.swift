import Documents
import JobModel

/// Writes YAML that people edit: blocks of lines, quotes only where they are needed.
enum YAMLText {
    /// The document with a newline at its end.
    static func text(of node: DocumentNode) -> String {
        var lines: [String] = []
        for (key, value) in members(node) { append(key, value, depth: 0, to: &lines) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func members(_ node: DocumentNode) -> [(String, DocumentNode)] {
        (node.members ?? []).map { ($0.key, $0.value) }
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    private static func append(_ key: String, _ value: DocumentNode, depth: Int, to lines: inout [String]) {
        let head = "\(indent(depth))\(scalar(key, .text)):"
        if let text = value.scalar.flatMap({ $0.kind == .text ? $0.string : nil }), isBlock(text) {
            lines.append("\(head) \(text.hasSuffix("\n") ? "|" : "|-")")
            lines += rows(text).map { $0.isEmpty ? "" : indent(depth + 1) + $0 }
        } else if isOnOneLine(value) {
            lines.append("\(head) \(flow(value))")
        } else {
            lines.append(head)
            for item in value.list ?? [] { append(item: item, depth: depth + 1, to: &lines) }
            for (key, value) in members(value) { append(key, value, depth: depth + 1, to: &lines) }
        }
    }

    /// The first member of an item stands behind its dash.
    private static func append(item: DocumentNode, depth: Int, to lines: inout [String]) {
        var inner: [String] = []
        if item.members != nil, !isOnOneLine(item) {
            for (key, value) in members(item) { append(key, value, depth: depth + 1, to: &inner) }
            inner[0] = indent(depth) + "- " + inner[0].dropFirst(2 * depth + 2)
        } else {
            inner = ["\(indent(depth))- \(flow(item))"]
        }
        lines += inner
    }

    private static func isOnOneLine(_ node: DocumentNode) -> Bool {
        switch node.content {
        case .scalar: true
        case .list(let items): items.allSatisfy { $0.scalar != nil } && items.map(flow).joined().count <= 80
        case .object(let members, let isInBraces): isInBraces || members.isEmpty
        }
    }

    private static func flow(_ node: DocumentNode) -> String {
        switch node.content {
        case .scalar(let scalar): self.scalar(scalar.string, scalar.kind)
        case .list(let items): "[\(items.map(flow).joined(separator: ", "))]"
        case .object(let members, _):
            "{\(members.map { "\(scalar($0.key, .text)): \(flow($0.value))" }.joined(separator: ", "))}"
        }
    }

    // MARK: Scalars

    private static func scalar(_ text: String, _ kind: DocumentScalar.Kind) -> String {
        kind != .text || isPlain(text) ? text : quoted(text)
    }

    /// Words that cannot be taken for anything else, also within braces.
    private static func isPlain(_ text: String) -> Bool {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic,
            !words.contains(text.lowercased()), text.last != " "
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || " _-./".unicodeScalars.contains(scalar))
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let width = scalar.value > 0xFFFF ? 8 : 4
                result += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// YAML 1.2, 5.1, without the breaks of lines that only some readers know, and without marks that move others.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
            scalar.properties.generalCategory != .format
        default: false
        }
    }

    private static func rows(_ text: String) -> [String] {
        (text.hasSuffix("\n") ? text.dropLast() : text[...]).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// Several lines without anything at their edges that a block would lose.
    private static func isBlock(_ text: String) -> Bool {
        let rows = rows(text)
        guard rows.count > 1, rows.first?.isEmpty == false, rows.last?.isEmpty == false else { return false }
        return rows.allSatisfy { row in
            row.first != " " && row.last != " " && row.unicodeScalars.allSatisfy(isPrintable)
        }
    }
}

/// Writes JSON with a line for each member, in the order of the document.
enum IndentedJSON {
    static func text(of node: DocumentNode) -> String { text(of: node, depth: 0) + "\n" }

    private static func text(of node: DocumentNode, depth: Int) -> String {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch node.content {
        case .scalar(let scalar):
            return scalar.kind == .text ? JSONValue.string(scalar.string).compactText : scalar.string
        case .list(let items):
            if items.allSatisfy({ $0.scalar != nil }) {
                return "[\(items.map { text(of: $0, depth: 0) }.joined(separator: ", "))]"
            }
            let rows = items.map { inner + text(of: $0, depth: depth + 1) }
            return "[\n\(rows.joined(separator: ",\n"))\n\(outer)]"
        case .object(let members, let isInBraces):
            let rows = members.map {
                "\(JSONValue.string($0.key).compactText): \(text(of: $0.value, depth: depth + 1))"
            }
            if members.isEmpty || isInBraces { return "{\(rows.joined(separator: ", "))}" }
            return "{\n\(rows.map { inner + $0 }.joined(separator: ",\n"))\n\(outer)}"
        }
    }
}
