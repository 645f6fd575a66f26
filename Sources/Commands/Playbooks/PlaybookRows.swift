import ArgumentParser
import Conversation
import Foundation
import JobModel
import Planning
import PlaybookDocuments

/// How `rota playbooks` shows a playbook.
enum PlaybookRows {
    /// "3  Competitor prices  Every weekday at 09:00  next …  (pricing)".
    static func line(_ job: Job, now: Date) -> String {
        let category = job.playbook?.category.map { "  (\($0))" } ?? ""
        return clean(JobLines.short(job, now: now) + category)
    }

    static func row(_ job: Job, now: Date) -> JSONValue {
        var members = Rows.job(job, now: now).object ?? [:]
        let header = job.playbook ?? PlaybookHeader()
        members["type"] = "playbook"
        members["kind"] = header.isHeartbeat ? "heartbeat" : "playbook"
        members["agent"] = header.agent.map(JSONValue.string)
        members["category"] = header.category.map(JSONValue.string)
        members["description"] = header.description.map(JSONValue.string)
        members["inputs"] = .array(header.inputs.compactMap { try? JSONValue(encoding: $0) })
        members["steps"] = .array(
            job.steps.map { step in
                var row: [String: JSONValue] = ["name": .string(step.name), "action": .string(step.action.kind)]
                row["needs"] = step.needs.map { .array($0.map(JSONValue.string)) }
                row["when"] = (step.when ?? step.condition?.description).map(JSONValue.string)
                return .object(row)
            })
        return .object(members)
    }

    static func lines(_ job: Job, when: [String], now: Date) -> [String] {
        var lines = ["\(job.id)  \(job.name)  (\(JobLines.status(job, now: now)))"]
        lines += [job.playbook?.description].compactMap(\.self)
        lines += when
        lines += job.steps.enumerated().map { "\($0.offset + 1). \(step($0.element))" }
        lines += (job.playbook?.inputs ?? []).map(input)
        lines += [attributes(job), touches(job)].compactMap(\.self)
        lines += JobLines.policies(job)
        return lines.map(clean)
    }

    private static func step(_ step: Step) -> String {
        var parts = ["\(step.name): \(StepText.describe(step.action, inPlaybook: true))"]
        if let needs = step.needs { parts.append(needs.isEmpty ? "at once" : "after \(needs.joined(separator: ", "))") }
        if let condition = step.condition { parts.append(StepText.describe(condition)) }
        if let when = step.when { parts.append("if \(when)") }
        if let list = step.forEach { parts.append("for each of \(list)") }
        if let retry = step.retry { parts.append("retries: \(retry.retries)") }
        if let timeout = step.timeout { parts.append("at most \(Card.duration(timeout))") }
        switch step.onError {
        case .stop: break
        case .proceed: parts.append("goes on where it fails")
        case .run(let other): parts.append("\(other) where it fails")
        case .compensate: parts.append("takes back what was done where it fails")
        }
        if let undo = step.undoneBy { parts.append("taken back by \(undo)") }
        if step.unchanged == .skip { parts.append("skipped where nothing changed") }
        return parts.joined(separator: "; ")
    }

    private static func input(_ input: PlaybookInput) -> String {
        let usual = input.usual.map { ", \($0.compactText) where nothing is said" } ?? ", must be given"
        return "Input \(input.name): \(input.kind.rawValue)\(usual)\(input.description.map { " (\($0))" } ?? "")."
    }

    private static func attributes(_ job: Job) -> String? {
        let parts = [
            job.playbook?.isHeartbeat == true ? "A heartbeat: it reports only when something is wrong." : nil,
            job.playbook?.agent.map { "Speaks as \($0)." }, job.playbook?.category.map { "Category: \($0)." },
            job.delivery.isEmpty ? nil : "Told here and on \(job.delivery.map(\.description).joined(separator: ", ")).",
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    static func touches(_ job: Job) -> String? {
        let risks = Risk.all(of: job).map(\.text)
        return risks.isEmpty ? nil : "May touch: \(risks.joined(separator: ", "))."
    }

    static func problem(_ problem: PlaybookProblem, file: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "problem", "v": 1, "file": .string(file), "line": .number(Double(problem.place.line)),
            "severity": problem.isWarning ? "warning" : "error", "message": .string(problem.message),
        ]
        members["column"] = problem.place.column.map { .number(Double($0)) }
        return .object(members)
    }

    private static func clean(_ line: String) -> String { line.withoutControlCharacters(keepingNewlines: false) }
}

/// `--input limit=5` as the kinds that a playbook declares.
enum InputWords {
    static func values(_ words: [String], of job: Job) throws -> [String: JSONValue] {
        try words.reduce(into: [:]) { values, word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("--input is NAME=VALUE, and \"\(word)\" is not")
            }
            let kind = job.playbook?.inputs.first { $0.name == parts[0] }?.kind ?? .text
            // What is of another kind is named by whoever starts the run.
            values[parts[0]] =
                kind == .text ? .string(parts[1]) : (try? JSONValue(parsing: parts[1])) ?? .string(parts[1])
        }
    }
}
