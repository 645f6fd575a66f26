/// The words for policies, of new jobs and of those that exist.
enum PolicyWords {
    static let book = PolicyRuleBook(RunPolicyRules.rules + StartPolicyRules.rules + AnswerPolicyRules.rules)

    /// Some words of the sentence could belong to a clause about policies: most sentences have none, and nobody says one in
    /// more than a hundred words.
    static func mayBe(in sentence: Pieces) -> Bool { sentence.count <= 120 && book.mayRead(within: sentence) }

    /// A stop, or a word that joins two clauses.
    static func isSeparator(_ piece: Piece) -> Bool {
        piece.isStop || Lexicon.joints.contains(piece.key) || ["but", "plus"].contains(piece.key)
    }

    /// Words beside a clause that say nothing of it: "and please also retry it".
    static let courtesies: Set<String> = ["please", "pls", "also", "just", "always", "then"]
}
