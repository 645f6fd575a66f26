import Foundation
import IntentContract
import JobModel

/// What planning comes to: something to do, one question, or a reason why it cannot be done.
package enum PlanningResult: Hashable, Sendable {
    case plan(Plan)
    /// About the intent at `index`; nothing of the request has been done.
    case question(Question, index: Int)
    case failure(PlanningFailure)
}

/// A whole sentence that names the bad part and what would be right.
package struct PlanningFailure: Error, Hashable, Sendable {
    package var message: String
    package init(_ message: String) { self.message = message }
}

/// What will be done, in order. Nothing in it has happened yet.
package struct Plan: Hashable, Sendable {
    package var items: [Item]

    package init(items: [Item]) { self.items = items }

    /// Why a person has to agree; empty when nobody has to.
    package var risks: [Risk] { items.flatMap(\.risks) }

    package struct Item: Hashable, Sendable {
        package var action: Planned
        /// Lines that show what was understood.
        package var card: [String]
        package var risks: [Risk]
        package var warnings: [String]

        package init(_ action: Planned, card: [String] = [], risks: [Risk] = [], warnings: [String] = []) {
            self.action = action
            self.card = card
            self.risks = risks
            self.warnings = warnings
        }
    }
}

/// One thing to do.
package enum Planned: Hashable, Sendable {
    /// `runNow`: a one-shot for now, started as soon as it is allowed.
    case create(Job, runNow: Bool)
    case update(before: Job, after: Job)
    case pause([Job], until: Date?)
    case resume([Job])
    case delete([Job])
    case run([Job])
    /// Ends their runs that are under way or wait.
    case cancelRuns([Job])
    case snooze(before: Job, after: Job)
    case preference(name: String, value: String)
    case pauseEverything(until: Date?)
    case resumeEverything
    case mute(until: Date?)
    case acknowledge(Job?)
    case approve(Int?)
    case reject(Int?)
    case undo
    case redo
    case look(Query)
    case help(topic: String?)
    case chat

    /// Carrying it out changes something.
    package var changes: Bool {
        switch self {
        case .look, .help, .chat: false
        default: true
        }
    }
}

/// A question about what is there; answering it changes nothing.
package enum Query: Hashable, Sendable {
    case jobs(filter: String?)
    case job(Job)
    case history(job: Job?, failedOnly: Bool, succeededOnly: Bool, span: DateInterval?, limit: Int)
    case forecast(DateInterval)
    case schedule(expression: String, text: String, next: [Date], zone: String)
    case status
    /// What models cost in the last so many days.
    case costs(days: Int)
    case deliveries(Job?)
    case dryRun(Job)
}

/// Something that a table, not a model, says a person must agree to.
package enum Risk: Hashable, Sendable {
    case script(path: String, sha256: String)
    case request(String)
    case recipient(Recipient)
    /// Files and folders that steps read, as the plan has their paths.
    case reading(String)
    case writing(String)
    case deletion([String])
    /// All that agents may use together: folders, addresses that they complete themselves, the list of jobs. Each of
    /// them may be known, and what they make possible side by side is not.
    case agent([AgentTool])
    /// A secret by its name, with all that the job requests: agreed to for one host, it is asked again for another.
    case secret(String, requests: [String])

    /// As the card says it: "script backup.sh (sha256 3f1c…)".
    package var text: String {
        switch self {
        case .script(let path, let sha256): "script \(path) (sha256 \(sha256.prefix(4))…)"
        case .request(let request): request.replacing(" ", with: " requests to ", maxReplacements: 1)
        case .recipient(let recipient): "messages to \(recipient)"
        case .reading(let path): "reading \(path)"
        case .writing(let path): "writing \(path)"
        case .deletion(let names): "deleting \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
        case .agent(let tools): "an agent may \(tools.map(\.words).joined(separator: " and "))"
        case .secret(let name, _): "the secret \(name)"
        }
    }

    /// Remembered once a person agreed, so that it is not asked again; `nil` where it is asked each time.
    package var approvalKey: String? {
        switch self {
        case .script(let path, let sha256): "script:\(path):\(sha256)"
        case .request(let request): "request:\(request)"
        case .recipient(let recipient): "recipient:\(recipient)"
        case .reading(let path): "read:\(path)"
        case .writing(let path): "write:\(path)"
        case .deletion: nil
        case .agent(let tools): "agent:\(tools.map(\.text).sorted().joined(separator: "\n"))"
        case .secret(let name, let requests): "secret:\(name):\(requests.sorted().joined(separator: "\n"))"
        }
    }
}

extension Risk {
    /// Everything that a job needs a yes for, whether or not it was given before.
    package static func all(of job: Job) -> [Risk] {
        let recipients = (job.delivery + job.steps.flatMap(\.recipients)).uniqued().map(Risk.recipient)
        return all(of: job.capabilities) + recipients
    }

    /// The same of what it may touch, recipients apart.
    static func all(of capabilities: Capabilities) -> [Risk] {
        let scripts = capabilities.scripts.sorted { $0.key < $1.key }.map {
            Risk.script(path: $0.key, sha256: $0.value)
        }
        let origins = capabilities.requests.map(ActionBuilder.originOfRequest).uniqued()
        let secrets = capabilities.secrets.map { Risk.secret($0, requests: origins) }
        let agents =
            capabilities.folders.map { AgentTool.read(folder: $0) }
            + capabilities.addresses.map { AgentTool.get(address: $0) } + (capabilities.listsJobs ? [.jobs] : [])
        let files = capabilities.reads.map(Risk.reading) + capabilities.writes.map(Risk.writing)
        return scripts + origins.map(Risk.request) + secrets + files + (agents.isEmpty ? [] : [.agent(agents)])
    }
}
