/// What to say when nothing was understood: a phrasing that would work, made from what came nearest.
enum Suggestion {
    static func remark(for text: String) -> String {
        let pieces = Padding.stripped(Lexer().pieces(of: text, for: .making))
        if ["yes", "no", "y", "n"].contains(text.lowercased()) { return "There is no open question." }
        if let script = pieces.first(where: { Targets.isScript($0.key) }) {
            return "Try \"every day at 18:00 run \(script.raw)\"."
        }
        if let url = pieces.first(where: { Targets.isURL($0.key) }) {
            return "Try \"every hour check \(url.raw)\", or add \"and tell me if it says …\"."
        }
        if let time = pieces.first(where: \.isTime) {
            let rest = pieces.filter { !$0.isTime }.trimmed.text
            return "Try \"\(time.raw) remind me to \(rest.isEmpty ? "…" : rest)\"."
        }
        if let first = pieces.first, Lexicon.questionWords.contains(first.key) {
            return "Try \"what is scheduled?\", \"when is the next …?\" or \"why did … fail?\"."
        }
        return
            "Try \"tomorrow at 9:00 remind me to \(pieces.isEmpty ? "…" : pieces.text)\", or ask \"what can you do?\"."
    }
}
