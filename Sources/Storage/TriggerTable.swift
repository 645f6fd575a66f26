import Foundation
import GRDB
import JobModel

/// The triggers of jobs, and the moments that they are armed for.
struct TriggerTable {
    let db: Database

    private struct Known {
        let id: TriggerID
        let definition: String
        let nextDue: Date?
        let isRemoved: Bool
    }

    /// Replaces the triggers of `job`. One whose kind is unchanged keeps its id, so that an occurrence that had its run
    /// cannot have another; the others' rows stay for their runs.
    ///
    /// A moment that is overdue and not yet claimed stays armed where its trigger stays: an edit loses no occurrence.
    ///
    /// - Parameter moment: the triggers are armed strictly after it; `nil` leaves them unarmed.
    func set(_ triggers: [Trigger], of job: JobID, armedAfter moment: Date?) throws {
        var known = try self.known(of: job)
        try db.change("UPDATE job_trigger SET removed = 1, next_due = NULL WHERE job_id = ?", [job])
        for (position, trigger) in triggers.enumerated() {
            let definition = try JSONColumn.text(trigger.kind)
            let index =
                known.firstIndex { $0.id == trigger.id && $0.definition == definition }
                ?? known.firstIndex { !$0.isRemoved && $0.definition == definition }
            let match = index.map { known.remove(at: $0) }
            let due = dueMoment(of: trigger, overdue: match?.nextDue, after: moment)
            if let match {
                try db.change(
                    "UPDATE job_trigger SET removed = 0, position = ?, next_due = ? WHERE id = ?",
                    [position, due?.milliseconds, match.id])
            } else {
                try db.change(
                    """
                    INSERT INTO job_trigger (job_id, position, kind, definition, next_due, event_name)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """, [job, position, trigger.kind.column, definition, due?.milliseconds, trigger.kind.eventName])
            }
        }
    }

    /// Gives a trigger another schedule in its place: it keeps its id, and a moment that is overdue.
    func amend(_ trigger: Trigger, of job: JobID, at moment: Date) throws {
        let row = try db.row(
            "SELECT next_due FROM job_trigger WHERE id = ? AND job_id = ? AND removed = 0", [trigger.id, job])
        guard let row else { return }
        let armed = row.optionalDate("next_due")
        let due = armed.flatMap { dueMoment(of: trigger, overdue: $0, after: moment) }
        try db.change(
            "UPDATE job_trigger SET definition = ?, next_due = ?, event_name = ? WHERE id = ?",
            [try JSONColumn.text(trigger.kind), due?.milliseconds, trigger.kind.eventName, trigger.id])
    }

    func disarm(_ job: JobID) throws {
        try db.change("UPDATE job_trigger SET next_due = NULL WHERE job_id = ?", [job])
    }

    /// Earliest first.
    func armed(dueBy moment: Date?, limit: Int) throws -> [ArmedTrigger] {
        let jobs = JobTable(db: db)
        var found: [JobID: Job] = [:]
        return try db.rows(
            """
            SELECT id, job_id, next_due FROM job_trigger WHERE next_due IS NOT NULL AND next_due <= ?
            ORDER BY next_due, id LIMIT ?
            """, [moment?.milliseconds ?? Int64.max, limit]
        ).compactMap { row in
            let id: JobID = row["job_id"]
            if found[id] == nil { found[id] = try jobs.find(id) }
            return found[id].map { ArmedTrigger(job: $0, triggerID: row["id"], due: row.date("next_due")) }
        }
    }

    func nextDue() throws -> Date? {
        try db.row("SELECT min(next_due) AS moment FROM job_trigger WHERE next_due IS NOT NULL")?.optionalDate("moment")
    }

    /// Brings armed triggers back to the first moment after `moment`, where they are armed for a later one.
    func rearm(after moment: Date) throws {
        try RunTable(db: db).takeBack(after: moment)
        let later = try db.rows(
            "SELECT id, definition, next_due, pruned_through FROM job_trigger WHERE next_due > ?",
            [moment.milliseconds])
        for row in later {
            guard case .schedule(let schedule) = try row.json("definition", as: Trigger.Kind.self),
                let next = schedule.next(after: max(moment, row.optionalDate("pruned_through") ?? moment)),
                next < row.date("next_due")
            else { continue }
            try db.change(
                "UPDATE job_trigger SET next_due = ? WHERE id = ?", [next.milliseconds, row["id"] as TriggerID])
        }
    }

    /// Arms the trigger of a claim for its next moment. False when it is not armed for the claimed one any more.
    func advance(_ claim: OccurrenceClaim) throws -> Bool {
        var next = claim.nextDue
        if let moment = next, moment.milliseconds <= claim.due.milliseconds {
            // The schedule counts in fractions of a millisecond and named the claimed moment once more.
            next = try schedule(of: claim.triggerID)?.next(after: claim.due + 0.001)
        }
        let changed = try db.change(
            "UPDATE job_trigger SET next_due = ? WHERE id = ? AND job_id = ? AND next_due = ?",
            [next?.milliseconds, claim.triggerID, claim.jobID, claim.due.milliseconds])
        return changed == 1
    }

    func schedule(of trigger: TriggerID) throws -> Schedule? {
        guard let row = try db.row("SELECT definition FROM job_trigger WHERE id = ?", [trigger]) else { return nil }
        guard case .schedule(let schedule) = try row.json("definition", as: Trigger.Kind.self) else { return nil }
        return schedule
    }

    private func dueMoment(of trigger: Trigger, overdue: Date?, after moment: Date?) -> Date? {
        guard let moment, case .schedule(let schedule) = trigger.kind else { return nil }
        if let overdue, overdue <= moment { return overdue }
        return schedule.next(after: moment)
    }

    private func known(of job: JobID) throws -> [Known] {
        try db.rows("SELECT id, definition, next_due, removed FROM job_trigger WHERE job_id = ? ORDER BY id", [job])
            .map { row in
                Known(
                    id: row["id"], definition: row["definition"], nextDue: row.optionalDate("next_due"),
                    isRemoved: row["removed"])
            }
    }
}

extension Trigger.Kind {
    fileprivate var eventName: String? {
        guard case .event(let filter) = self else { return nil }
        return filter.name
    }

    /// The word in the column `kind`; `startup` is apart because no clock arms it and it is never spent.
    fileprivate var column: String {
        switch self {
        case .schedule(let schedule) where schedule.pattern == .startup: "startup"
        case .schedule: "schedule"
        case .event: "event"
        case .manual: "manual"
        }
    }
}
