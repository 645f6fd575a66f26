/// What a step does.
package enum Action: Codable, Hashable, Sendable {
    /// Says fixed words (a template) to `to`, or to the job's delivery where `to` is empty.
    case notify(text: String, to: [Recipient])
    /// Words for the model, run headless; what the program can gather for it is named in `gather`.
    case prompt(text: String, gather: [Gathering])
    /// A file from the person's scripts folder, by its path inside that folder.
    case script(path: String, arguments: [String])
    /// A request to an endpoint. Answers outside 200–299 fail the step unless a condition reads the status.
    case http(method: String, url: String, body: String?)
    /// Runs the stored playbook (or job) of this name.
    case playbook(name: String)
    /// Reads something about this machine; `path` is the file, or a place on the disk that is meant.
    case system(SystemMeasure, path: String?)
    /// A goal for the model, which goes about it in rounds and with nothing but what it was granted.
    case agent(AgentOrder)
    /// An action of the catalogue, or of the person's own, with what it is given.
    case call(ActionCall)

    /// The word for it in the catalogue: `notify`, `prompt`, `script`, `http`, `playbook`, `system`, `agent`, `fetch`, …
    package var kind: String {
        switch self {
        case .notify: "notify"
        case .prompt: "prompt"
        case .script: "script"
        case .http: "http"
        case .playbook: "playbook"
        case .system: "system"
        case .agent: "agent"
        case .call(let call): call.name
        }
    }
}

/// What the program collects for a prompt before (or without) a model.
package enum Gathering: Codable, Hashable, Sendable {
    /// Commits of the repository at `directory` from the last `hours` hours.
    case gitCommits(directory: String, hours: Int)
    /// The text behind a URL.
    case page(url: String)
}
