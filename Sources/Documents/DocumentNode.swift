/// A part of a JSON or YAML text, with the place where it begins.
///
/// Both languages give the same tree, so that what reads a file need not know in which of them it was written.
package struct DocumentNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case scalar(DocumentScalar)
        case list([DocumentNode])
        /// In the order of the text; no key stands twice. `isInBraces`: `{a: 1}` and not a block of lines.
        case object([DocumentMember], isInBraces: Bool)
    }

    package var content: Content
    package var place: DocumentPlace

    package init(_ content: Content, at place: DocumentPlace) {
        self.content = content
        self.place = place
    }

    package var scalar: DocumentScalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    package var list: [DocumentNode]? {
        guard case .list(let items) = content else { return nil }
        return items
    }

    package var members: [DocumentMember]? {
        guard case .object(let members, _) = content else { return nil }
        return members
    }

    package subscript(key: String) -> DocumentNode? { members?.first { $0.key == key }?.value }
}

/// A key and what stands behind it.
package struct DocumentMember: Hashable, Sendable {
    package var key: String
    /// Of the key.
    package var place: DocumentPlace
    package var value: DocumentNode

    package init(key: String, at place: DocumentPlace, value: DocumentNode) {
        self.key = key
        self.place = place
        self.value = value
    }
}

/// A text, number or truth as it is written: `no`, `012` and `1:30` stay what they look like.
package struct DocumentScalar: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// In quotes, or a block of text: never a number.
        case text
        /// A bare word of YAML, which may be meant as a text, a number or a truth.
        case word
        /// A number, `true`, `false` or `null` of JSON: never a text.
        case literal
    }

    package var string: String
    package var kind: Kind

    package init(_ string: String, _ kind: Kind) {
        self.string = string
        self.kind = kind
    }

    /// The text, `nil` where it is none.
    package var text: String? { kind == .literal || isNull ? nil : string }

    /// `true` or `false` and no other word: in YAML 1.1 `no` would be a truth too, and a country's code.
    package var truth: Bool? {
        guard kind != .text else { return nil }
        return ["true": true, "false": false][string]
    }

    package var number: Double? {
        guard kind != .text, string.first.map({ $0.isNumber || $0 == "-" }) ?? false else { return nil }
        return Double(string).flatMap { $0.isFinite ? $0 : nil }
    }

    package var isNull: Bool { kind != .text && ["", "~", "null"].contains(string) }
}

/// Where something stands in a text, from 1; columns count Unicode scalars.
package struct DocumentPlace: Hashable, Sendable, Comparable {
    package var line: Int
    /// `nil` where only the line is known.
    package var column: Int?

    package init(line: Int, column: Int? = nil) {
        self.line = line
        self.column = column
    }

    package static func < (left: DocumentPlace, right: DocumentPlace) -> Bool {
        (left.line, left.column ?? 0) < (right.line, right.column ?? 0)
    }
}

/// Why a text is no document.
package struct DocumentError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// A clause for people.
        case syntax(String)
        case duplicateKey(String)
        /// More values or deeper nesting than any file of a person has, perhaps through aliases of aliases.
        case tooMuch
    }

    package let reason: Reason
    package let place: DocumentPlace?

    package init(_ reason: Reason, at place: DocumentPlace?) {
        self.reason = reason
        self.place = place
    }

    package var message: String {
        switch reason {
        case .syntax(let problem): problem
        case .duplicateKey(let key): "\"\(key)\" stands here twice"
        case .tooMuch: "there is more here than can be meant"
        }
    }
}
