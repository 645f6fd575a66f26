import JobModel

/// What was written to a store in memory, for a judge that looks after every step.
package struct StoreChanges: Sendable {
    /// New and changed, by id, as they are now.
    package var runs: [Run] = []
    package var deleted: [RunID] = []
    package var events: [Event] = []
}

extension StoreState {
    struct Watch {
        var runs: Set<RunID> = []
        var events: [Event] = []
    }

    mutating func takeChanges() -> StoreChanges {
        defer { watch = Watch() }
        guard let watch, !watch.runs.isEmpty || !watch.events.isEmpty else { return StoreChanges() }
        var changes = StoreChanges(events: watch.events)
        for id in watch.runs.sorted() {
            if let run = runs[id] { changes.runs.append(run) } else { changes.deleted.append(id) }
        }
        return changes
    }
}
