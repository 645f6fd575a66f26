/// A regular expression whose matching takes time proportional to pattern times text, whatever either holds.
///
/// `.`, classes, `\d \w \s \b`, anchors, groups, `|`, `* + ? {2,5}` and a leading `(?i)` are known; references back and
/// looking around, which cannot be held to that time, are refused.
package struct BoundedPattern: Hashable, Sendable {
    package struct Problem: Error, Hashable, Sendable { package let message: String }

    package let text: String
    let program: [PatternInstruction]
    let ignoresCase: Bool

    /// Instructions; repetitions with counts are written out.
    static let longest = 2_000
    /// Instructions looked at in one search, about a second's worth.
    static let steps = 20_000_000

    package init(_ text: String) throws(Problem) {
        self.text = text
        guard text.utf8.count <= Self.longest else { throw Problem(message: "it is longer than \(Self.longest) bytes") }
        ignoresCase = text.hasPrefix("(?i)")
        var parser = PatternParser(ignoresCase ? text.dropFirst(4) : text[...])
        let node = try parser.whole()
        var compiler = PatternCompiler()
        try compiler.add(node)
        try compiler.append(.match)
        program = compiler.program
    }
}

/// What a matcher does at one place of a pattern.
enum PatternInstruction: Hashable, Sendable {
    case scalar(PatternSet)
    case start, end, wordBoundary, noWordBoundary
    case split(Int, Int)
    case jump(Int)
    case match
}

/// Which characters fit.
struct PatternSet: Hashable, Sendable {
    enum Item: Hashable, Sendable {
        case range(ClosedRange<UInt32>)
        case digit, word, space
        case notDigit, notWord, notSpace
    }

    var items: [Item]
    var isNegated = false

    static func one(_ scalar: Unicode.Scalar) -> PatternSet { PatternSet(items: [.range(scalar.value...scalar.value)]) }
    static let anything = PatternSet(items: [.range(0x0A...0x0A)], isNegated: true)

    func holds(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
        var found = items.contains { Self.item($0, holds: scalar) }
        if !found, ignoringCase {
            for other in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
                guard let single = other.unicodeScalars.first, other.unicodeScalars.count == 1 else { continue }
                found = found || items.contains { Self.item($0, holds: single) }
            }
        }
        return found != isNegated
    }

    private static func item(_ item: Item, holds scalar: Unicode.Scalar) -> Bool {
        switch item {
        case .range(let range): range.contains(scalar.value)
        case .digit: isDigit(scalar)
        case .notDigit: !isDigit(scalar)
        case .word: isWord(scalar)
        case .notWord: !isWord(scalar)
        case .space: scalar.properties.isWhitespace
        case .notSpace: !scalar.properties.isWhitespace
        }
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || isDigit(scalar) || scalar.properties.isAlphabetic
    }
}
