import ArgumentParser
import CronExpressions
import Foundation
import IntentContract
import Interpreters
import JobModel
import Planning
import ScheduleLanguage
import Synchronization

struct InterpretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interpret", abstract: "The intents that a sentence yields; nothing is stored.")
    @OptionGroup var moment: MomentOptions
    @Flag(help: "One JSON object a line on standard input: {\"text\",\"now\",\"tz\",\"given\"?}.") var batch = false
    @Flag(help: "Show how the sentence is read: words, readings, the rule that decided, ten occurrences.")
    var explain = false
    @Argument(help: "A sentence, quoted.") var text: [String] = []

    func run() async throws {
        if batch { return try await Batch.run(InterpretBatch.answer) }
        let sentence = text.joined(separator: " ")
        guard !sentence.isEmpty else {
            throw ValidationError(
                "Give a sentence, for example: rota interpret \"every weekday at 9 remind me to stand up\"")
        }
        if explain { return try await explain(sentence) }
        let document = await InterpretBatch.read(
            sentence, now: try moment.moment(), zone: try moment.zoneName(), jobs: nil,
            calendars: try await Program.current.calendars())
        Program.current.output.answer(document.compactText)
        if document["intents"]?.array?.isEmpty == true {
            throw ExitCode(
                document["question"]?.isNull == false
                    ? ExitStatus.needsAnswer.rawValue : ExitStatus.notUnderstood.rawValue)
        }
    }
}

extension InterpretCommand {
    private func explain(_ sentence: String) async throws {
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = true
        surroundings.calendars = try await Program.current.calendars()
        let situation = Situation(
            now: try moment.moment(), zone: try moment.zoneName(), jobs: [], surroundings: surroundings)
        let explanation = InterpretExplanation(sentence: sentence, situation: situation).lines()
        for line in explanation.lines { Program.current.output.answer(line) }
        if explanation.exit != .done { throw ExitCode(explanation.exit.rawValue) }
    }
}

/// Sentences that a batch has read: the intents depend on the words and the names of jobs alone, never on the moment, and
/// files of examples say the same sentence at many moments.
final class ReadSentences: Sendable {
    static let shared = ReadSentences()

    private struct Sentence: Hashable {
        var text: String
        var jobs: [String]
    }

    private static let capacity = 4_096
    private let known = Mutex([Sentence: Interpretation]())

    func interpretation(of text: String, jobs: [String]) -> Interpretation {
        let sentence = Sentence(text: text, jobs: jobs)
        if let interpretation = known.withLock({ $0[sentence] }) { return interpretation }
        let interpretation = OfflineInterpreter().read(text, jobs: jobs)
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[sentence] = interpretation
        }
        return interpretation
    }
}

/// `interpret --batch`.
enum InterpretBatch {
    static func answer(_ line: JSONValue) async -> JSONValue {
        guard let text = line["text"]?.string else { return Batch.error("missing_member", "\"text\" is missing") }
        switch BatchMoment.read(line, key: "now") {
        case .failure(let problem): return problem.document
        case .success(let moment):
            do {
                let jobs = try given(line["given"]?["jobs"], moment: moment)
                return await read(text, now: moment.now, zone: moment.zone, jobs: jobs)
            } catch {
                return Batch.error(error.code, error.message)
            }
        }
    }

    static func read(
        _ text: String, now: Date, zone: String, jobs: [Job]?, calendars: [PhraseCalendar]? = nil
    ) async -> JSONValue {
        let interpretation = ReadSentences.shared.interpretation(of: text, jobs: (jobs ?? []).map(\.name))
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = jobs == nil
        surroundings.calendars = calendars
        let situation = Situation(now: now, zone: zone, jobs: jobs ?? [], surroundings: surroundings)
        return IntentReadout(situation: situation).document(for: interpretation)
    }

    /// The jobs that a line says exist; `nil` when it says nothing, and each named job is taken to exist.
    private static func given(_ list: JSONValue?, moment: BatchMoment) throws(BatchProblem) -> [Job]? {
        guard let rows = list?.array else { return nil }
        var jobs: [Job] = []
        for (index, row) in rows.enumerated() {
            guard let name = row["name"]?.string else {
                throw BatchProblem(code: "missing_member", message: "each of \"given.jobs\" has a \"name\"")
            }
            var triggers: [Trigger] = []
            if let text = row["cron"]?.string {
                do {
                    triggers = [Trigger(.schedule(Schedule(.cron([try CronExpression(text)]), zone: moment.zone)))]
                } catch {
                    throw BatchProblem(code: error.code, message: error.message)
                }
            }
            jobs.append(
                Job(
                    id: JobID(index + 1), name: name, triggers: triggers,
                    steps: [Step(name: "notify", action: .notify(text: name, to: []))],
                    status: row["paused"]?.bool == true ? .paused : .active,
                    provenance: Provenance(sentence: "", interpreter: "given"), createdAt: moment.now))
        }
        return jobs
    }
}
