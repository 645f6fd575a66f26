import IntentContract
import JobModel
import Templates

/// Holds the conditions of a model's steps to the person's: a word such as "below" that the model turned round is asked
/// about, a number that nobody compared with is no condition.
struct ConditionCheck {
    let heard: HeardWords
    /// The grammar accounts for every word: its conditions are all that there are.
    let isExact: Bool
    /// How a goal is reached was left to the model: other conditions than the person's are its own to set.
    var isPlanned = false

    /// A step that stands under a condition.
    private struct Guarded: Hashable {
        var place: Int
        var condition: Condition
        var claim: Claim
        /// What the condition is about.
        var subject: String
        /// What is done, and whom it reaches.
        var effect: String
    }

    func doubts(about intents: [Intent], beside counterparts: [Intent?]) throws(AnswerProblem) -> Doubts {
        var doubts = Doubts()
        for (index, (intent, counterpart)) in zip(intents, counterparts).enumerated() {
            guard intent.isCreation, !intent.isGoal else { continue }
            let told = try guarded(in: intent)
            let own = try counterpart.map { (body) throws(AnswerProblem) in try guarded(in: body) } ?? []
            let found =
                own.isEmpty && !isExact
                ? try beside(SaidClaims(heard.request), told, in: intent) : try beside(own, told)
            doubts.needsYes = doubts.needsYes || found.needsYes
            for (step, meant) in found.disputes { doubts.choices.append(choice(step, meant, index, intents)) }
        }
        return doubts
    }

    private typealias Finding = (disputes: [(Guarded, Claim)], needsYes: Bool)

    // MARK: Beside the grammar's steps

    private func beside(_ own: [Guarded], _ told: [Guarded]) throws(AnswerProblem) -> Finding {
        var finding: Finding = ([], false)
        var left = own
        var open: [Guarded] = []
        for step in told {
            let same = left.firstIndex {
                $0.claim == step.claim && $0.effect == step.effect && $0.subject == step.subject
            }
            if let same { left.remove(at: same) } else { open.append(step) }
        }
        for step in open {
            let near =
                left.firstIndex { $0.effect == step.effect && $0.claim.isAbout(step.claim) && $0.claim != step.claim }
                ?? left.firstIndex { $0.claim.isAbout(step.claim) && $0.claim != step.claim }
            if let near {
                finding.disputes.append((step, left.remove(at: near).claim))
            } else if isExact {
                throw AnswerProblem("\"\(step.condition)\" is not a condition that the request names for that step")
            } else {
                finding.needsYes = true
            }
        }
        if isExact, let missing = left.first {
            throw AnswerProblem("the condition \"\(missing.claim.words)\" of the request is left out")
        }
        finding.needsYes = finding.needsYes || !left.isEmpty
        return finding
    }

    // MARK: Beside the words

    private func beside(_ said: SaidClaims, _ told: [Guarded], in intent: Intent) throws(AnswerProblem) -> Finding {
        var finding: Finding = ([], false)
        for step in told {
            if said.all.contains(where: step.claim.says) {
                // "… otherwise …": both were said, and only the card tells which belongs to what.
                let isBoth = said.all.contains(where: step.claim.opposite.says)
                finding.needsYes = finding.needsYes || isBoth
            } else if let meant = said.all.first(where: step.claim.isAbout) {
                finding.disputes.append((step, meant))
            } else if !isPlanned {
                if case .number(_, _, let value) = step.claim, !said.names(value) {
                    throw AnswerProblem("\"\(step.condition)\" compares with a number that nobody named")
                }
                finding.needsYes = true
            }
        }
        let asksModel = IntentParts(intent).actions.contains(where: \.asksModel)
        if told.isEmpty, !said.conditions.isEmpty, !asksModel { finding.needsYes = true }
        return finding
    }

    // MARK: Steps

    private func guarded(in intent: Intent) throws(AnswerProblem) -> [Guarded] {
        guard case .createPlaybook(let body) = intent else { return [] }
        var found: [Guarded] = []
        for (place, step) in body.steps.enumerated() {
            guard let text = step.when else { continue }
            guard let condition = try? Condition(parsing: text) else {
                throw AnswerProblem("\"\(text)\" is not a condition; follow the description of the schema")
            }
            let subject = body.steps.first { $0.name == condition.step }.map { $0.action.reach } ?? condition.step
            let reached = step.to.isEmpty ? body.deliver : step.to
            let effect = step.action.reach ?? "tell " + Set(reached).sorted().joined(separator: " ")
            found.append(
                Guarded(
                    place: place, condition: condition, claim: Claim(condition), subject: subject ?? "words",
                    effect: effect))
        }
        return found
    }

    // MARK: The question

    private func choice(_ step: Guarded, _ meant: Claim, _ index: Int, _ intents: [Intent]) -> Doubts.Choice {
        var corrected = intents
        if case .createPlaybook(var body) = intents[index] {
            body.steps[step.place].when = meant.text(on: step.condition)
            corrected[index] = .createPlaybook(body)
        }
        var told = step.claim.words
        if told == meant.words { told += " (\(step.condition))" }
        let question = Question(
            about: .other, text: "Which is meant: \"\(meant.words)\", or \"\(told)\"?", options: [meant.words, told])
        return Doubts.Choice(question: question, readings: [corrected, intents])
    }
}

extension ActionIntent {
    /// What it touches besides the person's own eyes; `nil` for words alone.
    var reach: String? {
        switch type {
        case "notify", "prompt": nil
        case "http": "\((method ?? "GET").uppercased()) \(url ?? "")"
        case "script": ([path ?? ""] + (arguments ?? [])).joined(separator: " ")
        case "agent": "agent \(name ?? "") " + (arguments ?? []).sorted().joined(separator: " ")
        default: [type, name?.lowercased(), path].compactMap(\.self).joined(separator: " ")
        }
    }
}
