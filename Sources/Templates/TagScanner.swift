/// One `{{…}}` of a template.
struct TemplateTag: Hashable {
    enum Kind: Hashable { case variable, section, inverted, end, comment }

    let kind: Kind
    let name: String
    /// What the value goes through, from left to right.
    let filters: [TemplateFilter]
    let line: Int
    let column: Int
    /// The whole tag, braces included.
    var range: Range<String.Index>
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

    /// Sections within sections: each takes some of the stack.
    private static let deepest = 24

    private init(_ text: String) { rest = text[...] }

    static func tags(in text: String) throws(TemplateError) -> [TemplateTag] {
        var scanner = TagScanner(text)
        var tags: [TemplateTag] = []
        var open: [TemplateTag] = []
        while var tag = try scanner.next() {
            guard open.count < deepest else {
                throw TemplateError(.tooDeep, line: tag.line, column: tag.column)
            }
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
        let (line, column, start) = (line, column, rest.startIndex)
        let isTriple = rest.hasPrefix("{{{")
        advance(isTriple ? 3 : 2)
        let body = try readBody(end: isTriple ? "}}}" : "}}", line: line, column: column)
        var tag = try tag(body, isTriple: isTriple, line: line, column: column)
        tag.range = start..<rest.startIndex
        return tag
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
        let inner = CleanText.trimmed(sign == nil ? body[...] : body.dropFirst())
        var hole = TemplateHole(name: inner)
        if sign == nil || sign == .variable {
            do {
                hole = try TemplateHole(reading: inner)
            } catch {
                throw TemplateError(.badFilter(error.message), line: line, column: column)
            }
        }
        if sign != .comment { try check(hole.name, line: line, column: column) }
        return TemplateTag(
            kind: sign ?? .variable, name: hole.name, filters: hole.filters, line: line, column: column,
            range: rest.startIndex..<rest.startIndex)
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
