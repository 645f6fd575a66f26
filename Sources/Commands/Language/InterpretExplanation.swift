import Foundation
import IntentContract
import Interpreters
import JobModel
import Planning
import ScheduleLanguage

/// `rota interpret --explain`: how a sentence was read, and what it comes to; nothing is stored.
struct InterpretExplanation {
    let sentence: String
    let situation: Situation

    private static let occurrences = 10

    /// The lines to print, and the exit code of the plain command.
    func lines() -> (lines: [String], exit: ExitStatus) {
        let trace = ReadingTrace()
        let interpretation = OfflineInterpreter().read(sentence, trace: trace)
        let result = Planner(
            situation: situation, provenance: Provenance(sentence: sentence, interpreter: "interpret")
        ).plan(interpretation.intents)
        var lines = reading(trace)
        lines.append(row("certainty", certainty(interpretation)))
        for intent in interpretation.intents {
            lines.append(row("intent", ((try? JSONValue(encoding: intent)) ?? .null).withoutNulls.compactText))
        }
        if let question = interpretation.question { return (lines + [self.question(question)], .needsAnswer) }
        guard !interpretation.intents.isEmpty else {
            return (lines + [row("result", "not understood. \(interpretation.remark ?? "")")], .notUnderstood)
        }
        switch result {
        case .question(let question, _): return (lines + [self.question(question)], .needsAnswer)
        case .failure(let error): return (lines + [row("result", "refused: \(error.message)")], .failed)
        case .plan(let plan): return (lines + plan.items.flatMap(schedule), .done)
        }
    }

    private func reading(_ trace: ReadingTrace) -> [String] {
        let considered = trace.steps.filter { $0.stage == .considered }
        var lines = trace.steps.filter { $0.stage != .considered }.map { row($0.stage.rawValue, $0.text) }
        // The nearest ones are enough to see why a rule did not take the words.
        lines += considered.prefix(Self.mostConsidered).map { row("considered", $0.text) }
        if considered.count > Self.mostConsidered {
            lines.append(row("", "and \(considered.count - Self.mostConsidered) more readings"))
        }
        return lines
    }

    private static let mostConsidered = 12

    private func certainty(_ interpretation: Interpretation) -> String {
        switch interpretation.certainty {
        case .exact: "exact: every word was accounted for"
        case .guess:
            interpretation.question == nil ? "guess: something was assumed or mended" : "open: one question first"
        case .none: "none"
        }
    }

    private func question(_ question: Question) -> String {
        let options = question.options.enumerated().map { "\($0.offset + 1)) \($0.element)" }
        return row(
            "question", ([question.text] + options).joined(separator: "  ") + "  (about \(question.about.rawValue))")
    }

    private func schedule(of item: Plan.Item) -> [String] {
        guard let job = item.action.job, let schedule = job.schedules.first else { return [] }
        let text = OccurrenceText(zone: schedule.zone)
        var lines = [row("schedule", "\(schedule.text), \(schedule.zone)")]
        if case .cron(let expressions) = schedule.pattern {
            lines.append(row("cron", expressions.map(\.text).joined(separator: "  and  ")))
        }
        let next = job.schedules.flatMap { $0.occurrences(after: situation.now, limit: Self.occurrences) }.sorted()
        for (index, date) in next.prefix(Self.occurrences).enumerated() {
            lines.append(row(index == 0 ? "next" : "", text.moment(date, now: situation.now)))
        }
        return lines
    }

    private func row(_ name: String, _ text: String) -> String {
        name.padding(toLength: 11, withPad: " ", startingAt: 0) + text
    }
}

extension JSONValue {
    /// Members that are null say nothing to a reader.
    fileprivate var withoutNulls: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !$0.value.isNull }.mapValues(\.withoutNulls))
    }
}
