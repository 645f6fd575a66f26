import IntentContract

/// The numbers of steps that a sentence speaks of: "step 2", "the second step", "the last step".
struct StepNumbers {
    /// From 1; -1 is the last.
    let said: [Int]

    init(_ text: String) {
        let pieces = Lexer().pieces(of: text, for: .plain).words
        let besides: Set<String> = ["number", "no", "nr", "#"]
        said = pieces.indices.filter { ["step", "steps"].contains(pieces[$0].key) }.flatMap { place -> [Int] in
            let behind = pieces[(place + 1)...].drop { besides.contains($0.key) }.first
            let before = place > 0 ? pieces[place - 1] : nil
            return [behind, before].compactMap { $0.flatMap { WordNumber.value(of: $0.key) } }
        }
    }

    /// The edit with the number that was said, and whether a yes must settle it.
    func held(_ edit: EditPlaybook) throws(AnswerProblem) -> (edit: EditPlaybook, needsYes: Bool) {
        guard edit.change != "add" else { return (edit, false) }
        var edit = edit
        // Which one is the last, the program counts.
        if Set(said) == [-1] {
            edit.step = nil
            return (edit, false)
        }
        guard !said.isEmpty else { return (edit, true) }
        guard let step = edit.step, said.contains(step) else {
            let list = Set(said).sorted().map(String.init).joined(separator: ", ")
            throw AnswerProblem("the person speaks of step \(list), not of \(edit.step.map(String.init) ?? "null")")
        }
        return (edit, Set(said).count > 1)
    }
}
