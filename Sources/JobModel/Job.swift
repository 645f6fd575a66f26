import Foundation

package typealias JobID = Int64
package typealias TriggerID = Int64
package typealias RunID = Int64

/// Something that should happen: when (triggers), what (steps), and who hears of it (delivery).
///
/// A job of several steps is called a playbook to the person; it is the same type, so that every intent works on both.
package struct Job: Codable, Hashable, Sendable, Identifiable {
    /// 0 until the store has given it one.
    package var id: JobID
    /// Unique among the jobs that exist, ignoring case.
    package var name: String
    package var triggers: [Trigger]
    /// At least one.
    package var steps: [Step]
    /// What a playbook's document says beyond its steps; `nil` for jobs that were made from a sentence.
    package var playbook: PlaybookHeader?
    /// Where outcomes go besides the conversation.
    package var delivery: [Recipient]
    package var policies: Policies
    package var status: Status
    /// With `status == .paused`: when it resumes by itself; `nil` means when a person says so.
    package var pausedUntil: Date?
    package var capabilities: Capabilities
    package var provenance: Provenance
    package var createdAt: Date

    package enum Status: String, Codable, Sendable {
        case active, paused
        /// Waits for an approval before its triggers are armed.
        case draft
        /// Nothing is left to come: a one-shot that has run.
        case finished
    }

    package init(
        id: JobID = 0, name: String, triggers: [Trigger], steps: [Step], delivery: [Recipient] = [],
        policies: Policies = Policies(), status: Status = .active, pausedUntil: Date? = nil,
        capabilities: Capabilities = Capabilities(), provenance: Provenance, createdAt: Date,
        playbook: PlaybookHeader? = nil
    ) {
        self.playbook = playbook
        self.id = id
        self.name = name
        self.triggers = triggers
        self.steps = steps
        self.delivery = delivery
        self.policies = policies
        self.status = status
        self.pausedUntil = pausedUntil
        self.capabilities = capabilities
        self.provenance = provenance
        self.createdAt = createdAt
    }

    package var isPlaybook: Bool { playbook != nil || steps.count > 1 || steps.contains(where: \.isConditional) }

    /// Names that differ only in case, or in how an accent is written, are the same.
    package static func nameKey(_ name: String) -> String {
        name.lowercased().precomposedStringWithCanonicalMapping
    }

    package var schedules: [Schedule] {
        triggers.compactMap { trigger in
            guard case .schedule(let schedule) = trigger.kind else { return nil }
            return schedule
        }
    }

    /// The next due moment over all its schedules, strictly after `date`.
    package func nextOccurrence(after date: Date) -> Date? {
        schedules.compactMap { $0.next(after: date) }.min()
    }
}

/// What makes a job run.
package struct Trigger: Codable, Hashable, Sendable, Identifiable {
    package enum Kind: Codable, Hashable, Sendable {
        case schedule(Schedule)
        case event(EventFilter)
        case manual
    }

    /// 0 until the store has given it one.
    package var id: TriggerID
    package var kind: Kind

    package init(id: TriggerID = 0, _ kind: Kind) {
        self.id = id
        self.kind = kind
    }
}

/// Which events fire a trigger. Event names are `source.object.verb` (`github.issue.created`).
package struct EventFilter: Codable, Hashable, Sendable {
    package var name: String
    /// For events of jobs (`run.failed`): the job that they must be about, as it was called then.
    package var job: String?
    /// That job's number: it holds when the job is renamed. `nil` goes by the name.
    package var jobID: JobID?
    /// What the event's data must say; `nil` takes any.
    package var data: DataFilter?

    package init(name: String, job: String? = nil, jobID: JobID? = nil, data: DataFilter? = nil) {
        self.name = name
        self.job = job
        self.jobID = jobID
        self.data = data
    }
}

/// Somebody who hears of an outcome: a gateway, and a name on it (`telegram/ops`).
package struct Recipient: Codable, Hashable, Sendable, CustomStringConvertible {
    package var gateway: String
    package var name: String?

    package init(gateway: String, name: String? = nil) {
        self.gateway = gateway
        self.name = name
    }

    /// Reads `telegram` or `telegram/ops`.
    package init(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        self.init(gateway: parts.first ?? "", name: parts.count > 1 ? parts[1] : nil)
    }

    package var description: String { name.map { "\(gateway)/\($0)" } ?? gateway }

    /// The conversation itself, where every outcome appears anyway.
    package var isConversation: Bool { ["here", "conversation", "none"].contains(gateway) }
}

/// Where a job came from, for `show` and the audit.
package struct Provenance: Codable, Hashable, Sendable {
    /// The person's sentence, or the file that it was imported from.
    package var sentence: String
    /// `offline`, `recorded`, `import`, or `provider:model`.
    package var interpreter: String
    /// The working folder when the job was made: whose commits "the git commits" are.
    package var directory: String?
    /// The registry file that declares the job: only that file changes it, a person may pause and run it.
    package var registry: String?
    /// Its entry of that file as compact JSON: what tells whether the file says something else now.
    package var declaration: String?

    package init(
        sentence: String, interpreter: String, directory: String? = nil, registry: String? = nil,
        declaration: String? = nil
    ) {
        self.sentence = sentence
        self.interpreter = interpreter
        self.directory = directory
        self.registry = registry
        self.declaration = declaration
    }
}

/// What a job may touch, frozen when it is approved; the step runner refuses everything else.
package struct Capabilities: Hashable, Sendable {
    /// Path inside the scripts folder to SHA-256 of the approved content, hexadecimal.
    package var scripts: [String: String]
    /// `GET https://host/path`, method and exact URL.
    package var requests: [String]
    /// Absolute paths of folders below which an agent may read.
    package var folders: [String]
    /// Addresses with a part that an agent may choose: `https://host/docs/*`, `https://host/search?*`.
    package var addresses: [String]
    /// An agent may see which jobs there are.
    package var listsJobs: Bool
    /// Files and folders that a step may read, as the plan has their paths, holes included.
    package var reads: [String]
    /// Paths that a step may write, likewise; one that ends in `/` stands for the files below it.
    package var writes: [String]
    /// Secrets that a step may use, by name.
    package var secrets: [String]

    package init(
        scripts: [String: String] = [:], requests: [String] = [], folders: [String] = [], addresses: [String] = [],
        listsJobs: Bool = false, reads: [String] = [], writes: [String] = [], secrets: [String] = []
    ) {
        self.reads = reads
        self.writes = writes
        self.secrets = secrets
        self.scripts = scripts
        self.requests = requests
        self.folders = folders
        self.addresses = addresses
        self.listsJobs = listsJobs
    }
}

/// What is not granted is not written, so that an approval of a job without agents stays bound to the same text.
extension Capabilities: Codable {
    private enum CodingKeys: String, CodingKey {
        case scripts, requests, folders, addresses, listsJobs, reads, writes, secrets
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        scripts = try container.decode([String: String].self, forKey: .scripts)
        requests = try container.decode([String].self, forKey: .requests)
        folders = try container.decodeIfPresent([String].self, forKey: .folders) ?? []
        addresses = try container.decodeIfPresent([String].self, forKey: .addresses) ?? []
        listsJobs = try container.decodeIfPresent(Bool.self, forKey: .listsJobs) ?? false
        reads = try container.decodeIfPresent([String].self, forKey: .reads) ?? []
        writes = try container.decodeIfPresent([String].self, forKey: .writes) ?? []
        secrets = try container.decodeIfPresent([String].self, forKey: .secrets) ?? []
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(scripts, forKey: .scripts)
        try container.encode(requests, forKey: .requests)
        if !folders.isEmpty { try container.encode(folders, forKey: .folders) }
        if !addresses.isEmpty { try container.encode(addresses, forKey: .addresses) }
        if listsJobs { try container.encode(listsJobs, forKey: .listsJobs) }
        if !reads.isEmpty { try container.encode(reads, forKey: .reads) }
        if !writes.isEmpty { try container.encode(writes, forKey: .writes) }
        if !secrets.isEmpty { try container.encode(secrets, forKey: .secrets) }
    }
}
