import Foundation
import JobModel

extension StoreState {
    mutating func retime(_ retiming: Retiming) -> Bool {
        var stored = retiming
        lastRetiming += 1
        stored.id = lastRetiming
        stored.at = retiming.at.rounded
        (stored.baseline, stored.chosen) = (retiming.baseline?.rounded, retiming.chosen?.rounded)
        retimings.append(stored)
        guard stored.rule.isApplied, let chosen = stored.chosen else { return false }
        return arm(stored.jobID, for: chosen, at: stored.at)
    }

    private mutating func arm(_ job: JobID, for chosen: Date, at: Date) -> Bool {
        let armed = triggers.values.filter { trigger in
            trigger.job == job && trigger.nextDue.map { $0 > at } ?? false
        }.sorted { ($0.nextDue!, $0.id) < ($1.nextDue!, $1.id) }
        for (place, trigger) in armed.enumerated() {
            guard place > 0 else {
                setDue(trigger.id, chosen)
                continue
            }
            guard trigger.nextDue! < chosen, case .schedule(let schedule) = trigger.kind else { continue }
            setDue(trigger.id, schedule.next(after: chosen)?.rounded)
        }
        return !armed.isEmpty
    }

    func hints(of job: JobID, at: Date) -> [TimingHint] {
        retimings.filter { $0.jobID == job }.compactMap(\.hint).filter { $0.expires.rounded > at.rounded }.uniqued()
            .sorted { $0.at < $1.at }
    }

    mutating func pruneRetimings(before cutoff: Date, limit: Int) -> Int {
        let old = Set(
            retimings.filter { $0.at < cutoff && ($0.hint?.expires.rounded ?? $0.at) < cutoff }.prefix(limit).map(\.id))
        retimings.removeAll { old.contains($0.id) }
        return old.count
    }
}
