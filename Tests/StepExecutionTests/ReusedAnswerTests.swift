import Foundation
import JobModel
import Testing

@testable import StepExecution

/// Answers with the same text, kept since a moment or fresh, and keeps what it was asked.
private struct KeptModel: LanguageModel {
    let name = "openai:test"
    let text: String
    let keptAt: Date?

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        ModelAnswer(text: text, keptAt: keptAt)
    }
}

struct ReusedAnswerTests {
    private static let mark = "data-0123456789abcdef0123456789abcdef"
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    @Test(arguments: [nil, 60, 86_400])
    func isAllowedAsTheJobAllowsIt(_ span: TimeInterval?) async {
        let model = ScriptedModel(.success("done"))
        let ours = job(.prompt(text: "say it", gather: []), policies: Policies(reuseAnswers: span))
        _ = await executor(workshop, model: model).execute(ours.steps[0].action, in: context(ours))
        #expect(model.asked.map(\.mayReuseFor) == [span])
    }

    @Test func isRecordedWithItsMomentAndHasNoMarksOfTheOtherCall() async {
        let moment = Date(timeIntervalSince1970: 1_774_500_000)
        let text = "Two \(Self.mark)[tickets]\(Self.mark) are open."
        let kept = await result(KeptModel(text: text, keptAt: moment))
        #expect(kept == StepResult(text: "Two tickets are open.", origin: .model, answeredAt: moment))
        let fresh = await result(KeptModel(text: text, keptAt: nil))
        #expect(fresh == StepResult(text: text, origin: .model))
    }

    private func result(_ model: KeptModel) async -> StepResult {
        let ours = job(.prompt(text: "say it", gather: []), policies: Policies(reuseAnswers: 60))
        return await executor(workshop, model: model).execute(ours.steps[0].action, in: context(ours))
    }

    /// What an older version recorded lacks the moment.
    @Test func readsOlderRecords() throws {
        let old = #"{"text":"x","isTransient":false,"messages":[],"origin":"model"}"#
        let result = try JSONDecoder().decode(StepResult.self, from: Data(old.utf8))
        #expect(result == StepResult(text: "x", origin: .model))
    }
}
