import Foundation
import JobModel

/// Runs and triggers in the order of a moment each, earliest first.
struct MomentOrder {
    struct Entry: Comparable {
        var moment: Date
        var id: Int64

        static func < (left: Entry, right: Entry) -> Bool { (left.moment, left.id) < (right.moment, right.id) }
    }

    private(set) var entries: [Entry] = []

    var first: Entry? { entries.first }

    mutating func insert(_ id: Int64, at moment: Date) {
        let entry = Entry(moment: moment, id: id)
        entries.insert(entry, at: place(of: entry))
    }

    mutating func remove(_ id: Int64, at moment: Date) {
        let entry = Entry(moment: moment, id: id)
        let index = place(of: entry)
        if index < entries.count, entries[index] == entry { entries.remove(at: index) }
    }

    func first(after moment: Date) -> Entry? {
        let index = place(of: Entry(moment: moment, id: .max))
        return index < entries.count ? entries[index] : nil
    }

    /// Where it is, or would be.
    private func place(of entry: Entry) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Runs that are not over, found without a walk over all.
struct RunIndexes {
    private(set) var unfinished: Set<RunID> = []
    private(set) var byJob: [JobID: Set<RunID>] = [:]
    /// Those that wait to be started, by priority.
    private(set) var waiting: [Policies.Priority: MomentOrder] = [:]

    mutating func change(_ old: Run?, to new: Run?) {
        if let old { remove(old) }
        if let new { insert(new) }
    }

    private mutating func insert(_ run: Run) {
        guard !run.state.isFinal else { return }
        unfinished.insert(run.id)
        byJob[run.jobID, default: []].insert(run.id)
        if run.waits { waiting[run.priority, default: MomentOrder()].insert(run.id, at: run.ready) }
    }

    private mutating func remove(_ run: Run) {
        guard !run.state.isFinal else { return }
        unfinished.remove(run.id)
        byJob[run.jobID]?.remove(run.id)
        if byJob[run.jobID]?.isEmpty == true { byJob[run.jobID] = nil }
        if run.waits { waiting[run.priority]?.remove(run.id, at: run.ready) }
    }
}

extension Run {
    fileprivate var waits: Bool { [.due, .retrying, .waiting].contains(state) }
}
