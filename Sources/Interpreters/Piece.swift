import IntentContract

/// One unit of a sentence: a word, a time phrase that the schedule language found, or a punctuation mark.
struct Piece {
    enum Kind: Hashable { case word, time, mark }

    let kind: Kind
    /// Lower-case form that rules compare; of "what's" there are two pieces, `what` and `is`.
    var key: String { didSet { word = WordKey(key) } }
    /// The key as rules compare it.
    private(set) var word: WordKey
    /// What the person typed; empty for the second half of a contraction.
    let raw: Substring
    /// Where the piece stands in its sentence: pieces with consecutive positions were typed side by side.
    var position: Int
    /// A time word that describes a noun ("the weekly report").
    let isAdjective: Bool

    init(kind: Kind, key: String, raw: Substring, position: Int, isAdjective: Bool = false) {
        self.kind = kind
        self.key = key
        word = WordKey(key)
        self.raw = raw
        self.position = position
        self.isAdjective = isAdjective
    }

    var isWord: Bool { kind == .word }
    var isTime: Bool { kind == .time }
    var isMark: Bool { kind == .mark }

    /// A mark that ends a clause, unlike a quotation mark.
    var isStop: Bool { isMark && [",", ";", ":", ".", "!", "?", "-"].contains(key) }
}

typealias Pieces = [Piece]

extension Collection<Piece> {
    /// The words as typed: what stood side by side keeps its own spacing, what was cut apart is joined by one space.
    var text: String {
        var result = ""
        var end: String.Index?
        var position = 0
        for piece in self {
            if !piece.raw.isEmpty {
                if let end, piece.position <= position + 1 {
                    result += piece.raw.base[end..<piece.raw.startIndex]
                } else if end != nil {
                    result += " "
                }
                result += piece.raw
                end = piece.raw.endIndex
            }
            position = piece.position
        }
        return result
    }

    var words: Pieces { filter { !$0.isMark } }

    var keys: [String] { filter(\.isWord).map(\.key) }

    func contains(key: String) -> Bool { contains { $0.isWord && $0.key == key } }
}

extension RangeReplaceableCollection<Piece> where Self: BidirectionalCollection {
    /// Without stops, brackets and dashes at both ends; quotation marks stay when they are a pair.
    var trimmed: Self {
        var result = self
        while let first = result.first, first.isStop { result.removeFirst() }
        while let last = result.last, last.isStop { result.removeLast() }
        return result
    }
}
