import IntentContract
import JobModel
import Planning

/// Intents on their way to a plan, with the answers given so far.
struct PlanningRequest: Hashable, Sendable {
    var intents: [Intent]
    var provenance: Provenance
    var answers: [Int: Answers] = [:]
    /// Whatever it changes is asked about first.
    var needsYes = false
}

/// What the open question is about.
enum Pending: Hashable, Sendable {
    /// The interpreter asked; the answer completes the sentence.
    case sentence(String, Question)
    /// The planner asked about the intent at `index`.
    case planning(PlanningRequest, index: Int, Question)
    /// The interpreter asked which of several readings is meant: one for each option.
    case readings([PlanningRequest], Question)
    /// A plan waits for a yes.
    case confirmation(Plan)
}

/// Yes and no, read by this table alone and never by a model.
enum YesOrNo {
    static func read(_ text: String) -> Bool? {
        let words = text.lowercased().split { !$0.isLetter }.joined(separator: " ")
        if ["y", "yes", "yep", "yeah", "ok", "okay", "allow", "sure", "go ahead", "do it", "yes please", "approve"]
            .contains(words)
        {
            return true
        }
        if Self.isRefusal(words) { return false }
        return nil
    }

    static func isRefusal(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter }.joined(separator: " ")
        return [
            "n", "no", "nope", "cancel", "never mind", "nevermind", "drop it", "no drop it", "forget it", "stop",
            "don t",
        ]
        .contains(words)
    }
}
