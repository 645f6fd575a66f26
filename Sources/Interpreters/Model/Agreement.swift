import IntentContract

/// Lays a model's intents beside the grammar's. Where the grammar accounts for every word, a model may put it in another
/// way, but not mean something else: other intents, other jobs, other recipients, another event.
struct Agreement {
    /// The grammar's intents, and whether they account for every word.
    let own: [Intent]
    let isExact: Bool

    init(_ own: Interpretation) {
        self.own = own.intents
        isExact = own.certainty == .exact && !own.intents.isEmpty
    }

    /// For each intent the grammar's that is meant by it: of the same kind, and alike in its words. None is meant twice.
    func counterparts(of intents: [Intent]) -> [Intent?] {
        var left = own
        return intents.map { intent in
            let alike = left.indices.filter { left[$0].family == intent.family }
                .map { (index: $0, shared: Self.shared(left[$0], intent)) }
            // The first of the best; with nothing in common it is meant only where the grammar is certain.
            guard let best = alike.max(by: { $0.shared < $1.shared }), best.shared > 0 || isExact else { return nil }
            return left.remove(at: alike.first { $0.shared == best.shared }?.index ?? best.index)
        }
    }

    private static func shared(_ one: Intent, _ other: Intent) -> Int {
        let (first, second) = (IntentParts(one), IntentParts(other))
        return HeardWords.words(of: first.wording).intersection(HeardWords.words(of: second.wording)).count
    }

    func check(_ intents: [Intent]) throws(AnswerProblem) {
        let counterparts = counterparts(of: intents)
        if isExact { try checkKinds(intents) }
        for (intent, counterpart) in zip(intents, counterparts) {
            guard let counterpart else { continue }
            if counterpart.when != nil, intent.when == nil {
                throw AnswerProblem("\(intent.name) leaves out when; copy the person's time words")
            }
            if isExact {
                try check(intent, against: counterpart)
                try checkMembers(intent, against: counterpart)
            }
        }
    }

    private func checkKinds(_ intents: [Intent]) throws(AnswerProblem) {
        let (wanted, found) = (own.map(\.family).sorted(), intents.map(\.family).sorted())
        guard wanted != found else { return }
        let list = wanted.joined(separator: ", ")
        throw AnswerProblem("the request asks for \(list), not for \(found.joined(separator: ", "))")
    }

    private func check(_ intent: Intent, against counterpart: Intent) throws(AnswerProblem) {
        let (mine, theirs) = (IntentParts(counterpart), IntentParts(intent))
        guard intent.isGoal == counterpart.isGoal else {
            throw AnswerProblem("the request says what is to be done; its steps need no planning")
        }
        guard Set(mine.recipients) == Set(theirs.recipients) else {
            throw AnswerProblem("the recipients of \(intent.name) are not those that the request names")
        }
        // A time in place of an event is for the person to decide about.
        let isTimed = theirs.event == nil && intent.when != nil && counterpart.when == nil
        guard mine.event == theirs.event || isTimed else {
            throw AnswerProblem("\"\(theirs.event ?? "no event")\" is not the event that the request names")
        }
        guard let job = mine.job, let named = theirs.job else { return }
        let (wanted, found) = (HeardWords.words(of: job.words), HeardWords.words(of: named.words))
        guard job.all == named.all, wanted == found || !wanted.isDisjoint(with: found) else {
            throw AnswerProblem("\"\(named.words)\" is not the job that the person named")
        }
    }
}

extension Intent {
    /// Two ways to say the same are one: a playbook of one step is a job.
    var family: String { isCreation ? CreateJob.intentName : name }
}

extension IntentParts {
    /// What is said of the thing to be done, or of the job.
    var wording: String {
        let places = actions.flatMap { [$0.url, $0.path, $0.name].compactMap(\.self) }
        return (texts + places + [job?.words, event].compactMap(\.self)).joined(separator: " ")
    }
}
