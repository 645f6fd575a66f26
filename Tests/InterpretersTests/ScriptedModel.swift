import JobModel
import Synchronization

/// Gives the recorded answers in turn and keeps what it was asked; more questions than answers fail.
final class ScriptedModel: LanguageModel {
    let name = "openai:test"
    private let state: Mutex<(answers: [Result<String, ModelError>], requests: [ModelRequest])>

    init(_ answers: Result<String, ModelError>...) { state = Mutex((answers, [])) }

    var requests: [ModelRequest] { state.withLock { $0.requests } }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let answer = state.withLock { state -> Result<String, ModelError> in
            state.requests.append(request)
            return state.answers.isEmpty ? .failure(.malformed("asked too often")) : state.answers.removeFirst()
        }
        return ModelAnswer(text: try answer.get())
    }
}
