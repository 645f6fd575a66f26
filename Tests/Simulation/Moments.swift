import Foundation
import JobModel

/// The due moments of one trigger: up to where they are accounted for, and what must come next.
struct Moments {
    let schedule: Schedule
    let job: JobID
    /// Everything up to here has its row; `nil` while the trigger is not armed.
    private(set) var cursor: Date?
    /// The first moment that has no row yet.
    private(set) var expected: Date?
    /// Was armed when its job began to be changed.
    var pending = false
    /// Milliseconds of the moments that have rows of their own.
    private var own: Set<Int64> = []

    init(schedule: Schedule, job: JobID) {
        self.schedule = schedule
        self.job = job
    }

    mutating func arm(after date: Date) {
        cursor = date
        lookForward()
    }

    mutating func disarm() { (cursor, expected) = (nil, nil) }

    mutating func forget(_ due: Date) { own.remove(Self.milliseconds(due)) }

    func hasRow(at due: Date) -> Bool { own.contains(Self.milliseconds(due)) }

    /// A row for `due` was written that stands for everything until `through`.
    mutating func accept(_ due: Date, through: Date?) {
        own.insert(Self.milliseconds(due))
        cursor = max(expected ?? due, through.map { $0 + 0.0006 } ?? .distantPast)
        lookForward()
    }

    /// A clock that was set back leads over moments that have their rows already.
    private mutating func lookForward() {
        expected = cursor.flatMap { schedule.next(after: $0) }
        while let due = expected, hasRow(at: due) { expected = schedule.next(after: due) }
    }

    static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded()) }
}

/// Runs in the order of a moment each, earliest first.
struct SortedRuns {
    struct Entry: Comparable {
        var moment: Double
        var id: RunID
        static func < (left: Entry, right: Entry) -> Bool { (left.moment, left.id) < (right.moment, right.id) }
    }

    private var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }
    subscript(index: Int) -> Entry { entries[index] }

    mutating func insert(_ id: RunID, at moment: Double) {
        let entry = Entry(moment: moment, id: id)
        entries.insert(entry, at: place(of: entry))
    }

    mutating func remove(_ id: RunID, at moment: Double) {
        let entry = Entry(moment: moment, id: id)
        let index = place(of: entry)
        if index < entries.count, entries[index] == entry { entries.remove(at: index) }
    }

    private func place(of entry: Entry) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
