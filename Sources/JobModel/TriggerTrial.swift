/// What an event does with one job that waits for events, and why where it does nothing.
package struct TriggerTrial: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case starts
        /// The name fits; `reason` is a clause: "total is 400, and it takes total > 500".
        case refuses(reason: String)
        /// It waits for events of other names.
        case waitsForOthers
    }

    package let job: Job
    package let verdict: Verdict

    /// `nil` for a job that no event starts.
    package init?(of event: Event, on job: Job) {
        let filters = job.eventFilters
        guard !filters.isEmpty else { return nil }
        self.job = job
        let named = filters.filter { $0.name == event.name }
        if named.isEmpty {
            verdict = .waitsForOthers
        } else if let reason = job.status.whyNotStarted {
            verdict = .refuses(reason: reason)
        } else if named.contains(where: { $0.matches(event) }) {
            verdict = .starts
        } else {
            verdict = .refuses(reason: named.map { Self.reason($0, event) }.joined(separator: "; "))
        }
    }

    private static func reason(_ filter: EventFilter, _ event: Event) -> String {
        guard filter.isAbout(event) else {
            return "it is about \(filter.job.map { "\"\($0)\"" } ?? "another job") only"
        }
        guard let data = filter.data, let mismatch = data.mismatch(in: event.data) else { return "it does not match" }
        return "\(mismatch), and it takes \(data)"
    }
}

extension Job {
    /// Of its event triggers.
    package var eventFilters: [EventFilter] {
        triggers.compactMap { trigger in
            if case .event(let filter) = trigger.kind { filter } else { nil }
        }
    }
}

extension Job.Status {
    fileprivate var whyNotStarted: String? {
        switch self {
        case .active: nil
        case .paused: "it is paused"
        case .draft: "it waits for your approval"
        case .finished: "it is finished"
        }
    }
}
