import Documents
import JobModel

/// Members of an object on their way to a file; what has no value is left out.
struct Members {
    private var all: [DocumentMember] = []

    var isEmpty: Bool { all.isEmpty }

    mutating func add(_ key: String, _ value: DocumentNode?) {
        if let value { all.append(DocumentMember(key: key, at: .start, value: value)) }
    }

    mutating func add(_ key: String, _ text: String?) { add(key, text.map(DocumentNode.text)) }

    mutating func add(_ key: String, _ texts: [String]) {
        if !texts.isEmpty { add(key, .list(texts.map(DocumentNode.text))) }
    }

    var node: DocumentNode { DocumentNode(.object(all, isInBraces: false), at: .start) }

    /// On one line.
    var inBraces: DocumentNode { DocumentNode(.object(all, isInBraces: true), at: .start) }
}

extension DocumentNode {
    static func text(_ text: String) -> DocumentNode { DocumentNode(.scalar(DocumentScalar(text, .text)), at: .start) }

    static func truth(_ truth: Bool) -> DocumentNode { DocumentNode(.bool(truth)) }

    static func list(_ items: [DocumentNode]) -> DocumentNode {
        DocumentNode(.list(items), at: .start)
    }

    /// Members by their names.
    init(_ value: JSONValue) {
        switch value {
        case .string(let text): self = .text(text)
        case .array(let items): self = .list(items.map(DocumentNode.init))
        case .object(let members):
            var all = Members()
            for (key, value) in members.sorted(by: { $0.key < $1.key }) { all.add(key, DocumentNode(value)) }
            self = all.node
        case .null, .bool, .number:
            self.init(.scalar(DocumentScalar(value.compactText, .literal)), at: .start)
        }
    }
}
