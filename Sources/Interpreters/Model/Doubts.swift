import IntentContract
import JobModel

/// What of a model's reading only the person can settle.
struct Doubts {
    /// Two readings of one thing, and the intents that each option of the question stands for.
    struct Choice {
        var question: Question
        var readings: [[Intent]]
    }

    var choices: [Choice] = []
    /// The words neither say it nor deny it: what it comes to is shown, and a yes is asked for.
    var needsYes = false

    static func + (one: Doubts, other: Doubts) -> Doubts {
        Doubts(choices: one.choices + other.choices, needsYes: one.needsYes || other.needsYes)
    }
}
