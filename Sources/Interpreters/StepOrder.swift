import IntentContract

/// The order inside "add a step that … to the price watch".
enum StepOrder {
    /// The order, and the job that is named behind its last "to", "in" or "of".
    static func split(_ pieces: Pieces) -> (order: Pieces, job: JobReference?) {
        for place in pieces.indices.reversed().dropLast() where ["to", "in", "of"].contains(pieces[place].key) {
            let order = Array(pieces[..<place]).trimmed
            let name = Array(pieces[(place + 1)...]).trimmed
            guard let first = name.first, Lexicon.articles.contains(first.key) || Lexicon.pronouns.contains(first.key)
            else { continue }
            guard name.allSatisfy(JobWords.mayName), action(order) != nil, let job = JobWords.reference(name) else {
                continue
            }
            return (order, job)
        }
        return (pieces, nil)
    }

    /// What the new step does: "saves the page" and "run x.sh" alike.
    static func action(_ pieces: Pieces) -> ActionIntent? {
        var pieces = Padding.stripped(pieces)
        while let first = pieces.first, ["that", "which", "to", "and", "it"].contains(first.key), pieces.count > 1 {
            pieces.removeFirst()
        }
        let order = Wrapping.imperative(pieces)
        let orders = OrderReader(isJob: { _ in false })
        if let tell = TellOrder.read(order) { return .notify(tell.text ?? "{{outcome}}") }
        if let action = orders.action(Deliveries(in: order).rest) { return action }
        return order.words.count > 1 ? .prompt(order.text) : nil
    }
}
