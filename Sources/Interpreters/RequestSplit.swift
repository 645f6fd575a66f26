/// A place where a sentence may fall into two requests.
struct RequestSplit {
    var left: String
    var right: String
    /// The first piece of the right side.
    var opening: Piece
    /// The person said more than "and": "then", "also", or a stop.
    var isFirm: Bool

    static func splits(of text: String, _ lexer: Lexer) -> [RequestSplit] {
        let pieces = lexer.pieces(of: text, for: .asking)
        var splits: [RequestSplit] = []
        for place in pieces.indices.dropFirst() {
            let piece = pieces[place]
            guard piece.isStop || ["and", "then", "also", "plus", "&", "afterwards"].contains(piece.key),
                place + 1 < pieces.count
            else { continue }
            var end = place + 1
            var isFirm = [";", ".", "!", "?"].contains(piece.key) || ["then", "also", "plus"].contains(piece.key)
            while end < pieces.count,
                pieces[end].isStop || ["and", "then", "also", "please", "plus", "afterwards"].contains(pieces[end].key)
            {
                isFirm = isFirm || ["then", "also", "plus", "afterwards"].contains(pieces[end].key)
                end += 1
            }
            guard end < pieces.count, pieces[place - 1].isWord || pieces[place - 1].isTime else { continue }
            let left = String(text[..<piece.raw.startIndex]), right = String(text[pieces[end].raw.startIndex...])
            splits.append(RequestSplit(left: left, right: right, opening: pieces[end], isFirm: isFirm))
        }
        return splits
    }

    /// The words begin with an order or a time of their own.
    static func startsAnew(_ text: String, _ lexer: Lexer) -> Bool {
        let pieces = Padding.stripped(lexer.pieces(of: text, for: .making))
        guard let first = pieces.first else { return false }
        guard first.isTime || TellOrder.begins(at: 0, in: pieces) || ["when", "whenever", "if"].contains(first.key)
        else { return false }
        return pieces.contains(where: \.isTime) || ["when", "whenever"].contains(first.key)
    }
}
