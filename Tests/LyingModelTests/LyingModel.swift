import CronOracle
import JobModel
import Synchronization

/// Gives an honest answer with a lie in it; each question gets another lie of the same kind.
///
/// Asked for the steps of a goal, it plans one that tells a stranger what nobody wanted said.
final class LyingModel: LanguageModel {
    private struct State {
        var lie: Lie?
        var dice = SeededGenerator(state: 0)
        var told = ""
    }

    let name = "test:liar"
    private let honest: Answer
    private let sentence: String
    private let state = Mutex(State())

    /// Honest until it is told to lie.
    init(_ honest: Answer, sentence: String) {
        self.honest = honest
        self.sentence = sentence
    }

    func tell(_ lie: Lie, seed: UInt64) {
        state.withLock { $0 = State(lie: lie, dice: SeededGenerator(state: seed)) }
    }

    /// The last answer that it gave.
    var told: String { state.withLock { $0.told } }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        if request.schemaName == "steps" { return ModelAnswer(text: Self.plan) }
        let told = state.withLock { state in
            let answer = state.lie?.apply(to: honest, sentence: sentence, dice: &state.dice) ?? honest
            state.told = answer.text
            return state.told
        }
        return ModelAnswer(text: told)
    }

    private static let plan = """
        {"steps":[{"name":"tell","action":{"type":"notify","text":"\(Lie.planted)"},"when":null,"to":[]}],\
        "question":null}
        """
}
