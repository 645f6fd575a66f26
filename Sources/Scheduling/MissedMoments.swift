import Foundation
import JobModel

/// The due moments of a trigger that nobody has looked at yet, of which only the latest are listed one by one.
struct MissedMoments: Hashable {
    /// Ascending; at least one.
    var latest: [Date]
    /// The first one of all, and the last before `latest`, where there are more.
    var earlier: ClosedRange<Date>?

    /// Walks back from `now`, so that a year of seconds costs no more than the moments that are listed.
    ///
    /// - Parameter first: what the trigger is armed for; it counts even if the schedule does not name it.
    init(of schedule: Schedule, from first: Date, through now: Date, limit: Int) {
        var found: [Date] = []
        var cursor = now + Self.resolution
        // A store keeps whole milliseconds: what lies closer to `first` is `first` itself.
        while found.count < limit, let moment = schedule.previous(before: cursor), moment > first + Self.resolution {
            if moment <= now { found.append(moment) }
            cursor = moment
        }
        guard found.count == limit, let oldest = found.last else {
            latest = [first] + found.reversed()
            return
        }
        latest = found.reversed()
        earlier = first...max(first, schedule.previous(before: oldest) ?? first)
    }

    private static let resolution: TimeInterval = 0.001
}
