import CronOracle
import IntentContract
import Interpreters
import JobModel
import Testing

/// A model that lies about what was said: no job is stored that the sentence does not ask for.
@Suite("The lying model", .serialized) struct LyingModelTests {
    /// To each sentence under each seed.
    private static let lies = 7

    @Test(arguments: [1] as [UInt64])
    func storesNothingThatWasNotSaid(seed: UInt64) async throws {
        let contract = try ContractLibrary.embedded()
        // One after the other: tests that wait for scripts need a processor too.
        var told: [Outcome] = []
        for (number, sentence) in Sentence.all.enumerated() {
            told += try await Trial(sentence, contract).lie(Self.lies, seed: seed << 32 + UInt64(number))
        }
        let wrong = told.filter { !$0.problems.isEmpty }
        let kinds = Dictionary(grouping: wrong) { $0.lie?.rawValue ?? "" }
        for (_, outcomes) in kinds { Issue.record("\(outcomes.count) times: \(outcomes[0])") }
        #expect(told.count >= Sentence.all.count * Self.lies * 9 / 10)
    }

    /// Lies that change one sign or number, to every sentence that has one.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func storesNoTurnedSign(seed: UInt64) async throws {
        let contract = try ContractLibrary.embedded()
        var told: [Outcome] = []
        for (number, sentence) in (Sentence.all + Sentence.small).enumerated() {
            let trial = Trial(sentence, contract)
            told += try await trial.lie(Lie.small.count, of: Lie.small, seed: seed << 40 + UInt64(number))
        }
        let wrong = told.filter { !$0.problems.isEmpty }
        let kinds = Dictionary(grouping: wrong) { $0.lie?.rawValue ?? "" }
        for (_, outcomes) in kinds { Issue.record("\(outcomes.count) times: \(outcomes[0])") }
        let counts = Dictionary(grouping: told) { $0.lie?.rawValue ?? "" }.mapValues(\.count)
        #expect(counts.count == Lie.small.count && told.count > 60, "\(counts)")
    }

    @Test func believesAnHonestModel() async throws {
        let contract = try ContractLibrary.embedded()
        var told: [Outcome] = []
        for sentence in Sentence.all + Sentence.small {
            told += [try await Trial(sentence, contract).honest()].compactMap(\.self)
        }
        let doubted = told.filter { !$0.problems.isEmpty }
        #expect(
            doubted.isEmpty && told.count > 200,
            "\(told.count) told; \(doubted.map(\.description).joined(separator: "\n"))")
    }
}

/// How one answer of a model went.
struct Outcome: CustomStringConvertible {
    var sentence: Sentence
    var lie: Lie?
    /// What the model answered.
    var told: String
    var problems: [String]

    var description: String {
        "\(sentence.id) \(lie?.rawValue ?? "honest") \"\(sentence.text)\" as \(told): \(problems.joined(separator: "; "))"
    }
}

/// One sentence, as the grammar reads it and as a model tells it.
private struct Trial {
    let desk: Desk
    let own: Interpretation
    let contract: ContractLibrary

    init(_ sentence: Sentence, _ contract: ContractLibrary) {
        desk = Desk(sentence: sentence)
        own = OfflineInterpreter().read(sentence.text)
        self.contract = contract
    }

    /// Jobs that the sentence speaks of, and one that it does not.
    private var names: [String] {
        let spoken = own.intents.compactMap(\.job?.words).filter { Int($0) == nil && $0 != "it" }
        return Set(spoken + ["Spare"]).sorted()
    }

    private var answer: Answer {
        get throws { Answer(intents: try own.intents.map { try JSONValue(encoding: $0).withoutNulls }) }
    }

    private func reader(_ model: LyingModel) -> ModelInterpreter {
        ModelInterpreter(model: model, contract: contract, readsAlways: true)
    }

    func lie(_ count: Int, of kinds: [Lie] = Lie.allCases, seed: UInt64) async throws -> [Outcome] {
        let (truth, _) = try await desk.jobs(by: OfflineInterpreter(), knowing: names)
        let answer = try answer
        let model = LyingModel(answer, sentence: desk.sentence.text)
        let reader = reader(model)
        var dice = SeededGenerator(state: seed)
        var outcomes: [Outcome] = []
        for lie in kinds.shuffled(using: &dice) where outcomes.count < count {
            var trial = dice
            guard lie.apply(to: answer, sentence: desk.sentence.text, dice: &trial) != nil else { continue }
            model.tell(lie, seed: dice.next())
            let (stored, _) = try await desk.jobs(by: reader, knowing: names)
            outcomes.append(
                Outcome(sentence: desk.sentence, lie: lie, told: model.told, problems: problems(of: stored, truth)))
        }
        return outcomes
    }

    /// Jobs that were there and are there unchanged are fine, whatever the sentence would have changed.
    private func problems(of stored: StoredJobs, _ truth: StoredJobs) -> [String] {
        let before = StoredJobs(names.map { desk.known($0) }, at: desk.sentence.moment)
        let strangers = stored.strangers(to: truth).filter { !before.entries.contains($0) }
        let planted = stored.texts.filter { $0.contains(Lie.planted) }
        return strangers.map { "\($0)" } + planted
    }

    /// `nil` where the grammar does not read the sentence exactly, or would ask.
    func honest() async throws -> Outcome? {
        guard own.certainty == .exact else { return nil }
        let (truth, isAsked) = try await desk.jobs(by: OfflineInterpreter(), knowing: names)
        guard !isAsked else { return nil }
        let model = LyingModel(try answer, sentence: desk.sentence.text)
        let reading = reader(model)
        let (stored, asksToo) = try await desk.jobs(by: reading, knowing: names)
        let basis = await reading.interpret(desk.sentence.text, in: desk.context).basis
        var problems: [String] = []
        if stored != truth { problems.append("other jobs") }
        if asksToo { problems.append("a question") }
        if basis?.strategy == .fallback || basis?.strategy == .repaired { problems.append(basis?.reason ?? "") }
        return Outcome(sentence: desk.sentence, lie: nil, told: model.told, problems: problems)
    }
}
