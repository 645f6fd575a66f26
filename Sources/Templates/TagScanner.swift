/// One `{{…}}` of a template.
struct TemplateTag: Hashable {
    enum Kind: Hashable { case variable, section, inverted, end, comment }

    let kind: Kind
    let name: String
    let line: Int
    let column: Int
    /// How many sections it stands in.
    var depth = 0
}

/// Finds the tags of a template and refuses every kind that jobs have no use for.
///
/// The template library keeps its parse tree to itself and lets unknown names pass, so names are checked here.
struct TagScanner {
    private var rest: Substring
    private var line = 1
    private var column = 1

    private init(_ text: String) { rest = text[...] }

    static func tags(in text: String) throws(TemplateError) -> [TemplateTag] {
        var scanner = TagScanner(text)
        var tags: [TemplateTag] = []
        var open: [TemplateTag] = []
        while var tag = try scanner.next() {
            if tag.kind == .end {
                guard open.popLast()?.name == tag.name else {
                    throw TemplateError(.unbalancedSection(tag.name), line: tag.line, column: tag.column)
                }
            }
            tag.depth = open.count
            tags.append(tag)
            if tag.kind == .section || tag.kind == .inverted { open.append(tag) }
        }
        if let left = open.last {
            throw TemplateError(.unbalancedSection(left.name), line: left.line, column: left.column)
        }
        return tags
    }

    private mutating func next() throws(TemplateError) -> TemplateTag? {
        while !rest.isEmpty, !rest.hasPrefix("{{") { advance() }
        guard !rest.isEmpty else { return nil }
        let (line, column) = (line, column)
        let isTriple = rest.hasPrefix("{{{")
        advance(isTriple ? 3 : 2)
        let body = try readBody(end: isTriple ? "}}}" : "}}", line: line, column: column)
        return try tag(body, isTriple: isTriple, line: line, column: column)
    }

    private mutating func readBody(end: String, line: Int, column: Int) throws(TemplateError) -> String {
        var body = ""
        while !rest.hasPrefix(end) {
            guard let character = rest.first, !rest.hasPrefix("{{") else {
                throw TemplateError(.unclosedTag, line: line, column: column)
            }
            body.append(character)
            advance()
        }
        advance(end.count)
        return body
    }

    private func tag(_ body: String, isTriple: Bool, line: Int, column: Int) throws(TemplateError) -> TemplateTag {
        let kinds: [Character: TemplateTag.Kind] = [
            "#": .section, "^": .inverted, "/": .end, "!": .comment, "&": .variable,
        ]
        let sign = isTriple ? nil : body.first.flatMap { kinds[$0] }
        if !isTriple, sign == nil, let first = body.first, "<>$=%".contains(first) {
            throw TemplateError(.unsupportedTag("{{\(body)}}"), line: line, column: column)
        }
        let name = CleanText.trimmed(sign == nil ? body[...] : body.dropFirst())
        if sign != .comment { try check(name, line: line, column: column) }
        return TemplateTag(kind: sign ?? .variable, name: name, line: line, column: column)
    }

    private func check(_ name: String, line: Int, column: Int) throws(TemplateError) {
        if name.contains("(") { throw TemplateError(.unsupportedTag("{{\(name)}}"), line: line, column: column) }
        let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        guard !name.isEmpty, isName else { throw TemplateError(.badName(name), line: line, column: column) }
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count {
            guard let character = rest.popFirst() else { return }
            if character.isNewline {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }
}
