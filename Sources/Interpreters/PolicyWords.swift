/// The words for policies, of new jobs and of those that exist.
enum PolicyWords {
    static let book = PolicyRuleBook(RunPolicyRules.rules + StartPolicyRules.rules)

    /// A stop, or a word that joins two clauses.
    static func isSeparator(_ piece: Piece) -> Bool {
        piece.isStop || Lexicon.joints.contains(piece.key) || ["but", "plus"].contains(piece.key)
    }

    /// Words beside a clause that say nothing of it: "and please also retry it".
    static let courtesies: Set<String> = ["please", "pls", "also", "just", "always", "then"]
}
