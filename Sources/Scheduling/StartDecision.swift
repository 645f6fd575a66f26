import Foundation
import JobModel

/// Chooses which of the runs that could start do: the most urgent ones that the limits allow.
///
/// Whoever waits rises by one priority for each `agingStep`, so that a stream of urgent runs never starves the others.
package struct StartDecision: Sendable {
    /// Seconds.
    static let agingStep: TimeInterval = 60

    package struct Limits: Hashable, Sendable {
        /// Runs at a time.
        package var total: Int
        /// By group; a group that is not named has one.
        package var groups: [String: Int]

        package init(total: Int = 5, groups: [String: Int] = [:]) {
            self.total = total
            self.groups = groups
        }

        func limit(ofGroup name: String) -> Int { groups[name] ?? 1 }
    }

    /// A run that could start, or is under way.
    struct Place: Hashable, Sendable {
        var job: JobID
        var group: String?
        var priority: Policies.Priority = .normal
        var ready: Date = .distantPast
        /// How many runs of its job may be under way.
        var jobLimit = 1
    }

    let limits: Limits

    /// The positions of those that start, most urgent first.
    func choose(from candidates: [Place], underWay: [Place], at now: Date) -> [Int] {
        var free = limits.total - underWay.count
        guard free > 0 else { return [] }
        var jobs = Dictionary(grouping: underWay, by: \.job).mapValues(\.count)
        var groups = Dictionary(grouping: underWay.compactMap(\.group), by: \.self).mapValues(\.count)
        var chosen: [Int] = []
        for index in order(candidates, at: now) where free > 0 {
            let place = candidates[index]
            guard jobs[place.job, default: 0] < place.jobLimit else { continue }
            if let group = place.group {
                guard groups[group, default: 0] < limits.limit(ofGroup: group) else { continue }
                groups[group, default: 0] += 1
            }
            jobs[place.job, default: 0] += 1
            free -= 1
            chosen.append(index)
        }
        return chosen
    }

    private func order(_ candidates: [Place], at now: Date) -> [Int] {
        let urgency = candidates.map { place in
            Double(place.priority.rawValue)
                + max(0, (now.timeIntervalSince(place.ready) / Self.agingStep).rounded(.down))
        }
        return candidates.indices.sorted { left, right in
            if urgency[left] != urgency[right] { return urgency[left] > urgency[right] }
            if candidates[left].ready != candidates[right].ready {
                return candidates[left].ready < candidates[right].ready
            }
            return left < right
        }
    }

    /// Groups that have no room.
    func fullGroups(_ underWay: [Place]) -> Set<String> {
        let counts = Dictionary(grouping: underWay.compactMap(\.group), by: \.self).mapValues(\.count)
        return Set(counts.filter { $0.value >= limits.limit(ofGroup: $0.key) }.keys)
    }

    /// Jobs that have no room. Where a job was changed meanwhile, its strictest limit among what is under way counts.
    func fullJobs(_ underWay: [Place]) -> Set<JobID> {
        let places = Dictionary(grouping: underWay, by: \.job)
        return Set(places.filter { $0.value.count >= ($0.value.map(\.jobLimit).min() ?? 1) }.keys)
    }
}

extension Policies {
    /// Runs of the job at a time.
    var jobLimit: Int { overlap == .allow ? parallel ?? .max : 1 }
}
