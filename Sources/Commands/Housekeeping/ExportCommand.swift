import ArgumentParser
import Conversation
import Foundation
import JobModel

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Jobs as jobs.json (or a crontab), on standard output.")
    @Flag(help: "As a crontab instead.") var crontab = false

    func run() async throws {
        let workplace = try await Workplace.open()
        let jobs = try await workplace.store.jobs().filter { $0.status != .finished }
        let output = workplace.program.output
        let rows = jobs.flatMap(Self.rows)
        let left = jobs.filter { Self.rows($0).isEmpty }
        if crontab {
            for row in rows { output.answer(Self.crontabLine(row)) }
        } else {
            output.answer(Self.document(rows))
        }
        for job in left {
            output.note(
                "\"\(job.name)\" is left out: only cron schedules with one script, prompt or agent have a place in this format."
            )
        }
    }

    private struct Row {
        var name: String
        var cron: String
        var zone: String
        var action: Action
        var output: String?
    }

    private static func rows(_ job: Job) -> [Row] {
        guard job.steps.count == 1, let action = job.steps.first?.action,
            ["script", "prompt", "notify", "agent"].contains(action.kind)
        else { return [] }
        return job.schedules.flatMap { schedule -> [Row] in
            // Neither format has a place for seconds: six fields would be read as five and a command.
            guard case .cron(let expressions) = schedule.pattern, !expressions.contains(where: \.hasSeconds) else {
                return []
            }
            return expressions.map {
                Row(
                    name: job.name, cron: $0.text, zone: schedule.zone, action: action,
                    output: job.delivery.first?.description)
            }
        }
    }

    private static func document(_ rows: [Row]) -> String {
        let entries = rows.map { row -> JSONValue in
            var payload: [String: JSONValue] = [:]
            var kind = "agent_workflow"
            switch row.action {
            case .script(let path, _): (kind, payload["path"]) = ("script", .string(path))
            case .prompt(let text, _), .notify(let text, _): payload["prompt"] = .string(text)
            case .agent(let order): (kind, payload) = ("agent", Self.payload(order))
            case .http, .playbook, .system, .call: break
            }
            if let output = row.output { payload["output"] = .string(output) }
            return [
                "name": .string(row.name), "cron": .string(row.cron), "action": .string(kind),
                "payload": .object(payload),
            ]
        }
        guard !entries.isEmpty else { return "[]" }
        return "[\n" + entries.map { "  " + $0.compactText }.joined(separator: ",\n") + "\n]"
    }

    private static func payload(_ order: AgentOrder) -> [String: JSONValue] {
        var payload: [String: JSONValue] = ["goal": .string(order.goal)]
        payload["agent"] = order.persona.map(JSONValue.string)
        if !order.tools.isEmpty { payload["tools"] = .array(order.tools.map { .string($0.text) }) }
        payload["rounds"] = order.rounds.map { .number(Double($0)) }
        return payload
    }

    private static func crontabLine(_ row: Row) -> String {
        guard case .script(let path, let arguments) = row.action else {
            return "# \(row.cron) \(row.name) (\(row.zone)) has no command"
        }
        return "CRON_TZ=\(row.zone)\n" + ([row.cron, path] + arguments).joined(separator: " ")
    }
}
