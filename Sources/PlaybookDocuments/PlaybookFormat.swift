import JobModel

/// What a playbook file may hold. `Documentation/playbook.schema.json` is made from it.
package enum PlaybookFormat {
    /// Keys of the file.
    package enum Key: String, CaseIterable, Sendable {
        case name, kind, status, agent, category, description, triggers, inputs, steps, deliver, policies, capabilities
    }

    package enum Kind: String, CaseIterable, Sendable { case playbook, heartbeat }

    /// What a person may set; the store finishes playbooks by itself.
    package enum Status: String, CaseIterable, Sendable {
        case draft, active, paused

        var stored: Job.Status {
            switch self {
            case .draft: .draft
            case .active: .active
            case .paused: .paused
            }
        }
    }

    /// Keys of a trigger; exactly one of the first four makes it.
    package enum TriggerKey: String, CaseIterable, Sendable {
        case schedule, cron, event, manual
        case zone, when, job
    }

    package enum InputKey: String, CaseIterable, Sendable {
        case type, description
        case usual = "default"
    }

    package enum StepKey: String, CaseIterable, Sendable {
        case name, action, with, when, needs, retry, timeout, unchanged, undo
        case condition = "if"
        case forEach
        case onError
    }

    /// Keys of a group of steps that run beside each other.
    package enum GroupKey: String, CaseIterable, Sendable { case parallel, needs }

    package enum OnErrorWord: String, CaseIterable, Sendable {
        case stop, `continue`, compensate

        var meaning: OnError {
            switch self {
            case .stop: .stop
            case .continue: .proceed
            case .compensate: .compensate
            }
        }
    }

    /// Keys of a step's `retry`, with the policies that they are.
    package static let retryKeys: [(key: String, policy: String)] = [
        ("retries", "retries"), ("base", "retry_base"), ("factor", "retry_factor"), ("cap", "retry_cap"),
        ("jitter", "retry_jitter"), ("on", "retry_on"),
    ]

    package enum CapabilityKey: String, CaseIterable, Sendable {
        case scripts, requests, reads, folders, addresses, writes, secrets, jobs
    }

    package static let policyKeys = PolicyChange.CodingKeys.allCases.map(\.rawValue)

    /// Steps of one playbook.
    package static let mostSteps = 1_000
    package static let longestName = 100

    static func names<Key: RawRepresentable<String> & CaseIterable>(_ keys: Key.Type) -> [String] {
        keys.allCases.map(\.rawValue)
    }
}
