import JobModel

extension ActionCall {
    /// The action that jobs made from a sentence have for it too; `nil` where only the catalogue knows it.
    var plainAction: Action? {
        func text(_ name: String) -> String? { parameters[name]?.string }
        func texts(_ name: String) -> [String] {
            parameters[name]?.array?.map(\.plainText) ?? [text(name)].compactMap(\.self)
        }
        switch name {
        case "notify": return .notify(text: text("text") ?? "", to: recipients)
        case "script": return .script(path: text("path") ?? "", arguments: texts("arguments"))
        case "prompt":
            let hours = parameters["hours"]?.number.flatMap { Int(exactly: $0) } ?? 24
            let gather = text("repository").map { [Gathering.gitCommits(directory: $0, hours: hours)] } ?? []
            return .prompt(text: text("text") ?? "", gather: gather)
        case "agent":
            let grants = texts("tools")
            let endpoints = grants.filter { $0.hasPrefix("call:") }.map { String($0.dropFirst(5)) }
            let rounds = parameters["rounds"]?.number.flatMap { Int(exactly: $0) }
            return .agent(
                AgentOrder(
                    goal: text("goal") ?? "", persona: text("agent"), tools: grants.compactMap { AgentTool($0) },
                    rounds: rounds, endpoints: endpoints))
        default: return nil
        }
    }
}
