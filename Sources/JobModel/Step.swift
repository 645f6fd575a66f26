import Foundation

/// One action of a job, with what it needs and when it is left out.
package struct Step: Codable, Hashable, Sendable {
    /// Unique within the job; other steps refer to its result by it (`{{fetch.number}}`).
    package var name: String
    package var action: Action
    /// The step is skipped where this does not hold; `nil` always holds.
    package var condition: Condition?
    package var onError: OnError

    package enum OnError: String, Codable, Sendable {
        case stop, proceed
    }

    package init(name: String, action: Action, condition: Condition? = nil, onError: OnError = .stop) {
        self.name = name
        self.action = action
        self.condition = condition
        self.onError = onError
    }
}

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

    /// The word that the contract uses: `notify`, `prompt`, `script`, `http`, `playbook`, `system`, `agent`.
    package var kind: String {
        switch self {
        case .notify: "notify"
        case .prompt: "prompt"
        case .script: "script"
        case .http: "http"
        case .playbook: "playbook"
        case .system: "system"
        case .agent: "agent"
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

/// A test of what an earlier step came to.
package struct Condition: Codable, Hashable, Sendable {
    package enum Test: Codable, Hashable, Sendable {
        case failed
        case succeeded
        /// The first number of the result (or the HTTP status, or the exit code) against a value.
        case number(Measure, Comparison, Double)
        /// The result's text contains these words, ignoring case.
        case contains(String)
        /// The result differs from the previous run's.
        case changed
        /// The result is nothing but blanks.
        case empty
    }

    package enum Measure: String, Codable, Sendable { case number, status, exitCode }
    package enum Comparison: String, Codable, Sendable, CaseIterable {
        case less = "<", lessOrEqual = "<=", equal = "==", notEqual = "!=", greaterOrEqual = ">=", greater = ">"
    }

    /// The step whose result is tested; `event` tests the event's data.
    package var step: String
    package var test: Test
    /// For `event`: the member of the event's data that is tested (`total`).
    package var field: String?
    /// The test must not hold ("unless …").
    package var negated: Bool
    /// As the person said it: "it drops below 20".
    package var words: String

    package init(step: String, test: Test, field: String? = nil, negated: Bool = false, words: String) {
        self.step = step
        self.test = test
        self.field = field
        self.negated = negated
        self.words = words
    }
}
