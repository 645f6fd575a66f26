import Foundation
import JobModel
import Templates

/// What an agent's model is told in a round. The instructions are the same in every round and run; everything that
/// changes, and everything foreign between marks of that one call, is in the input, which is bounded.
struct AgentContext: Sendable {
    /// Bytes of all that was done so far, of one part of it, and of an answer.
    static let totalLimit = 96 << 10
    static let partLimit = 24 << 10
    private static let historyLimit = 4 << 10
    private static let maximumTokens = 2000

    /// What happened in one round.
    struct Event: Hashable, Sendable {
        /// In the program's words: "Your call of get was refused".
        var title: String
        /// What the model asked for, in its words.
        var asked: String
        /// What came of it.
        var text: String
    }

    var persona: AgentPersona?
    /// The person's words with their holes.
    var goal: String
    var grants: [AgentTool]
    /// What may be called in a plan: name, and method with address as they were approved.
    var endpoints: [(name: String, request: String)]
    var history: [String: [String]]
    var rounds: Int
    var takesHint: Bool

    /// - Parameter spotlight: of this round alone.
    func request(
        round: Int, events: [Event], data: TemplateData, spotlight: Spotlight, timeout: TimeInterval
    ) -> ModelRequest {
        var data = data
        data.encoding = { spotlight.around($0, limit: Self.partLimit) }
        let words = (try? Template(goal))?.render(data) ?? goal
        let past = Self.past(events, spotlight)
        let sections =
            [spotlight.rule, "The task:\n\(words)"] + endpointSection(spotlight) + past
            + [Self.place(round, of: rounds, now: data.members["now"]?.string)]
        return ModelRequest(
            instructions: instructions, input: sections.joined(separator: "\n\n"),
            schema: AgentSchema.document(
                tools: AgentTools.names(for: grants), endpoints: endpoints.map(\.name), takesHint: takesHint),
            schemaName: AgentSchema.name, maximumTokens: Self.maximumTokens, timeout: min(timeout, 120),
            tier: persona?.tier ?? .smart)
    }

    // MARK: Instructions

    private var instructions: String {
        var lines: [String] = []
        if let persona { lines.append("You are \(persona.name). \(persona.instructions)") }
        lines.append(
            """
            You do one task of a scheduled job, alone, for the person who set it up. Nobody answers questions. You \
            work in rounds: each answer is one JSON object of the given schema and nothing else. When the task is \
            done, put the result into "say": plain text, short, in the language of the task, without greeting.
            """)
        if !grants.isEmpty {
            lines.append("To learn something first, put one call into \"call\"; its result comes with the next round.")
            lines += grants.map(Self.explained)
            lines.append("Anything else is refused, and a refused call costs a round.")
        }
        if !endpoints.isEmpty {
            lines.append(
                """
                "plan" ends the work by naming steps that the program then calls, each once: \
                \(endpoints.map { "\"\($0.name)\" (\($0.request))" }.joined(separator: ", ")). A step waits for those \
                in its "after"; the rest run at the same time. Name only what is needed now.
                """)
        }
        if takesHint {
            lines.append(
                """
                "hint" may say when this job should run next: one of next_in, interval and pause_for, such as 2h, with \
                a reason. The person's bounds hold whatever it says.
                """)
        }
        return lines.joined(separator: "\n")
    }

    private static func explained(_ grant: AgentTool) -> String {
        switch grant {
        case .read(let folder): "- list_files and read_file: paths below \(folder), text only"
        case .get(let address):
            AgentTool.isOpen(address)
                ? "- get: any address of the form \(address)" : "- get: exactly \(address)"
        case .script(let path, _): "- run_script: \(path)"
        case .jobs: "- list_jobs: the person's jobs"
        }
    }

    // MARK: Input

    private func endpointSection(_ spotlight: Spotlight) -> [String] {
        guard !endpoints.isEmpty else { return [] }
        let parts = endpoints.map { endpoint in
            let lines = history[endpoint.name] ?? []
            guard !lines.isEmpty else { return "\(endpoint.name): never called so far" }
            let text = lines.joined(separator: "\n")
            return "\(endpoint.name), the last calls:\n\(spotlight.around(text, limit: Self.historyLimit))"
        }
        return parts
    }

    /// The latest events in full, as long as there is room; of the others what was done.
    private static func past(_ events: [Event], _ spotlight: Spotlight) -> [String] {
        var left = totalLimit
        var parts: [String] = []
        for (number, event) in events.enumerated().reversed() {
            let limit = min(partLimit, left)
            left -= min(limit, event.text.utf8.count)
            let asked = event.asked.isEmpty ? "" : " \(spotlight.around(event.asked, limit: 600))"
            parts.append("Round \(number + 1). \(event.title)\(asked):\n\(spotlight.around(event.text, limit: limit))")
        }
        return parts.reversed()
    }

    private static func place(_ round: Int, of rounds: Int, now: String?) -> String {
        let last = round == rounds ? " It is the last one: \"say\" the result now, nothing can be called any more." : ""
        return "\(now.map { "It is \($0). " } ?? "")This is round \(round) of \(rounds).\(last)"
    }
}
