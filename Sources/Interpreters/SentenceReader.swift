import Foundation
import IntentContract
import JobModel

/// Reads a whole sentence: one request, or several in a row.
struct SentenceReader {
    struct Reading {
        var intents: [Intent] = []
        var question: Question?
        var isGuess = false
    }

    private let known: [String]
    private let lexer = Lexer()
    private let memory = Memory()
    private let trace: ReadingTrace?

    /// Parts of a sentence that were read before: splits share many.
    private final class Memory {
        var readings: [String: Reading?] = [:]
        /// `PolicyWords.mayBe(in:)` of the whole sentence.
        var mayHavePolicies = false
    }

    init(jobs: [String], trace: ReadingTrace? = nil) {
        self.trace = trace
        known = jobs.map { $0.lowercased() }
    }

    func read(_ text: String) -> Reading {
        if let corrected = Correction.lastWord(of: text, lexer) {
            var reading = read(corrected)
            if !reading.intents.isEmpty || reading.question != nil {
                trace?.add(.decided, "the sentence corrects itself: only \"\(corrected)\" stands")
                reading.isGuess = true
                return reading
            }
        }
        if PolicyWords.mayBe(in: lexer.pieces(of: text, for: .plain)) { memory.mayHavePolicies = true }
        if let job = readPolicies(text) ?? readWithPolicies(text, rest: read) { return job }
        if let several = readSeveral(text) { return several }
        guard let one = dislocated(text) ?? readOne(text) else { return readPart(text) ?? Reading() }
        // "ok back now, resume everything": a part that is a request by itself goes before a question about the whole.
        if one.question?.about == .missingTime, let part = readPart(text), part.question == nil { return part }
        trace?.add(.decided, "one request")
        return one
    }

    // MARK: One request

    private static let rules = RuleBook(
        SteeringRules.rules + PreferenceRules.rules + QuestionRules.rules + ManagementRules.rules)
    private static let preferences = RuleBook(PreferenceRules.rules)

    private func readOne(_ text: String) -> Reading? {
        if let known = memory.readings[text] { return known }
        let reading = readAnew(text)
        memory.readings[text] = .some(reading)
        return reading
    }

    private func readAnew(_ text: String) -> Reading? {
        if let change = readPolicies(text) { return change }
        let pieces = lexer.pieces(of: text, for: .asking)
        if let intent = settled(pieces) ?? plain(text) { return Reading(intents: [PossessiveDay.taken(from: intent)]) }
        if let job = readWithPolicies(text, rest: { readOne($0) ?? Reading() }) { return job }
        guard let creation = CreationReader(lexer: lexer, trace: trace, isJob: isJob).read(text) else {
            trace?.add(.considered, "\"\(text)\" orders nothing that could become a job")
            return nil
        }
        return Reading(
            intents: [creation.intent].compactMap(\.self), question: creation.question, isGuess: creation.isGuess)
    }

    /// A change of policies that a job has.
    private func readPolicies(_ text: String) -> Reading? {
        guard memory.mayHavePolicies else { return nil }
        return PolicyUpdate.read(lexer.pieces(of: text, for: .plain), trace).map { Reading(intents: [$0]) }
    }

    /// A new job, and clauses about its policies beside it; `nil` where there are none, or where they may be other words.
    private func readWithPolicies(_ text: String, rest: (String) -> Reading) -> Reading? {
        guard memory.mayHavePolicies else { return nil }
        let cut = PolicyCut(text, lexer, trace)
        var clauses = cut.found
        while !clauses.isEmpty {
            let words = cut.text(without: clauses)
            guard !words.isEmpty else { return nil }
            var reading = rest(words)
            guard let intent = reading.intents.first, reading.intents.count == 1, Self.isCreation(intent) else {
                return nil
            }
            let accepted = clauses.filter { PolicyCreation.accepts($0, beside: intent) }
            if accepted.count == clauses.count {
                trace?.add(.decided, "how the job behaves is said beside it: \"\(words)\" is the job")
                reading.intents = [intent.setting(PolicyCut.change(of: clauses))]
                return reading
            }
            clauses = accepted
        }
        return nil
    }

    /// Everything but new jobs: rules that cover the whole sentence.
    private func settled(_ pieces: Pieces) -> Intent? {
        if let intent = settledByRule(Padding.orderAlone(pieces)) ?? settledByRule(pieces) { return intent }
        if SmallTalk.isSmallTalk(pieces) { return .chat(Chat()) }
        let stripped = Padding.stripped(pieces)
        return settledByRule(stripped) ?? settledByRule(Self.withoutAsking(stripped))
    }

    private func settledByRule(_ pieces: Pieces) -> Intent? {
        Self.rules.read(pieces, trace, unless: { CancellationRules.mistakes($0, forNames: known) })
    }

    /// Rules whose words may look like a time: "dates are day first".
    private func plain(_ text: String) -> Intent? {
        Self.preferences.read(Padding.stripped(lexer.pieces(of: text, for: .plain)), trace)
    }

    /// "tell me what will run" asks the same as "what will run".
    private static let asking = PatternList([
        "(tell me / show me / let me know / i want to know / i would like to know / do you know / can you tell me / any idea / remind me)"
    ])

    private static func withoutAsking(_ pieces: Pieces) -> Pieces {
        guard let count = asking.firstPrefixLength(of: pieces) else { return pieces }
        let rest = Padding.stripped(Array(pieces[count...]))
        return rest.first.map { Lexicon.questionWords.contains($0.key) } == true ? rest : pieces
    }

    private func isJob(_ words: String) -> Bool {
        known.contains { $0 == words.lowercased() }
    }

    // MARK: A request among other words

    /// "cancel my dentist reminder, appointment is off": one part is a request, the others explain it.
    private func readPart(_ text: String) -> Reading? {
        let parts = Self.parts(of: text)
        guard parts.count > 1 else { return nil }
        let found = parts.compactMap { settled(lexer.pieces(of: $0, for: .asking)) }.filter { $0.name != "chat" }
        guard let first = found.first, found.allSatisfy({ Self.agree($0, first) }) else { return nil }
        trace?.add(.decided, "one part of the sentence is a request, the rest explains it")
        return Reading(intents: [Self.richer(found)], isGuess: true)
    }

    /// "no standup tomorrow, please skip it": the same wish twice, once with a name.
    private static func agree(_ one: Intent, _ other: Intent) -> Bool { one.name == other.name }

    private static func richer(_ intents: [Intent]) -> Intent {
        intents.first { $0.job.map { !$0.isPronoun } ?? true } ?? intents[0]
    }

    private static func parts(of text: String) -> [String] {
        var text = text
        for mark in [". ", "; ", " - ", " – ", " — ", "! ", "? ", " because ", " since ", " cause ", " as i ", " so "] {
            text = text.replacing(mark, with: ", ")
        }
        return text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    // MARK: A job that is named first

    /// "the weekly digest, send it to discord instead": "it" is what stands before the comma.
    private func dislocated(_ text: String) -> Reading? {
        guard let comma = text.firstIndex(where: { ",:".contains($0) }) else { return nil }
        let name = lexer.pieces(of: String(text[..<comma]), for: .plain)
        guard let first = name.first, ["the", "my", "our", "that", "this"].contains(first.key),
            (2...6).contains(name.count),
            name.allSatisfy(JobWords.mayName), let job = JobWords.reference(name),
            let intent = settled(lexer.pieces(of: String(text[text.index(after: comma)...]), for: .asking)),
            intent.job?.isPronoun == true
        else { return nil }
        trace?.add(.decided, "the job is named first: \"\(job.words)\"")
        return Reading(intents: [intent.naming(job)])
    }

    // MARK: Several requests

    private func readSeveral(_ text: String) -> Reading? {
        for split in RequestSplit.splits(of: text, lexer) {
            guard mayBegin(split.opening), let left = readOne(split.left), mayPrecede(left, split),
                let rest = readSeveral(split.right) ?? readOne(split.right)
            else { continue }
            guard fits(left, split, rest) else {
                trace?.add(.considered, "two requests: \"\(split.left)\" and \"\(split.right)\"")
                continue
            }
            trace?.add(.decided, "two requests: \"\(split.left)\" and \"\(split.right)\"")
            return Reading(
                intents: References.joined(left.intents, rest.intents), question: left.question ?? rest.question,
                isGuess: left.isGuess || rest.isGuess)
        }
        return nil
    }

    /// Words that begin another request, as far as its first word can tell: "and Bob" begins none.
    private func mayBegin(_ first: Piece) -> Bool {
        if first.isTime || Self.rules.hasRule(beginningWith: first.word) || Padding.mayBegin(with: first)
            || memory.mayHavePolicies && PolicyWords.book.hasRule(beginningWith: first.word)
        {
            return true
        }
        let key = first.key
        return Lexicon.promptVerbs.contains(key) || Lexicon.tellVerbs.contains(key) || Lexicon.runVerbs.contains(key)
            || Lexicon.requestVerbs.contains(key) || Lexicon.articles.contains(key)
            || Lexicon.questionWords.contains(key)
            || BareVerbs.known(key) || ["when", "whenever", "if", "every", "on", "in", "as", "let", "no"].contains(key)
    }

    /// What `fits` will ask of the first request alone, before the rest of the sentence is read at all.
    private func mayPrecede(_ left: Reading, _ split: RequestSplit) -> Bool {
        guard left.intents.count == 1, let first = left.intents.last, first.name != "chat" else { return false }
        guard Self.isCreation(first) else { return true }
        return left.question == nil && Self.hasTrigger(first) && !left.isGuess && !deliversResult(left, split)
    }

    /// Two requests are two only where neither could be a part of the other.
    private func fits(_ left: Reading, _ split: RequestSplit, _ right: Reading) -> Bool {
        guard let first = left.intents.last, let second = right.intents.first, left.intents.count == 1 else {
            return false
        }
        guard first.name != "chat", second.name != "chat" else { return false }
        guard left.question == nil || Self.isCreation(second) else { return false }
        if Self.isCreation(first) {
            guard left.question == nil, Self.hasTrigger(first), !left.isGuess else { return false }
            if Self.isCreation(second) {
                return Self.hasTrigger(second) && right.question == nil && RequestSplit.startsAnew(split.right, lexer)
            }
            return Self.asks(second) || split.isFirm && second.name != "run_job"
        }
        if Self.isCreation(second) { return right.question != nil || (Self.hasTrigger(second) && !right.isGuess) }
        return true
    }

    /// "draft the recap, then post it to slack": the second order takes the result of the first.
    private func deliversResult(_ left: Reading, _ split: RequestSplit) -> Bool {
        guard let first = left.intents.last, Self.isCreation(first) else { return false }
        return Deliveries.order(lexer.pieces(of: split.right, for: .making)) != nil
    }

    private static func isCreation(_ intent: Intent) -> Bool {
        ["create_job", "create_playbook"].contains(intent.name)
    }

    private static func hasTrigger(_ intent: Intent) -> Bool {
        switch intent {
        case .createJob(let body): body.when != nil || body.event != nil
        case .createPlaybook(let body): body.when != nil || body.event != nil
        default: false
        }
    }

    private static func asks(_ intent: Intent) -> Bool {
        [
            "list_jobs", "forecast", "scheduler_status", "job_history", "help", "explain_schedule", "list_deliveries",
            "show_costs",
        ].contains(intent.name)
    }
}
