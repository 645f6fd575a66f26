import Foundation
import JobModel
import Planning

/// Answers about what is there. Nothing here changes anything.
extension ConversationSession {
    func look(_ query: Query) async throws -> Reply {
        switch query {
        case .jobs(let filter): try await list(filter)
        case .job(let job): try await show(job)
        case .history(let job, let failed, let succeeded, let span, let limit):
            try await history(job, states: Self.states(failed: failed, succeeded: succeeded), span: span, limit: limit)
        case .forecast(let span): try await forecast(span)
        case .schedule(let expression, let text, let next, let zone): explain(expression, text, next, zone)
        case .status: await status()
        case .costs(let days): try await costs(days: days)
        case .deliveries(let job): try await deliveries(job)
        case .dryRun(let job): dryRun(job)
        }
    }

    private static func states(failed: Bool, succeeded: Bool) -> Set<Run.State> {
        if failed { return [.failed] }
        return succeeded ? [.succeeded] : []
    }

    // MARK: Jobs

    private func list(_ filter: String?) async throws -> Reply {
        let all = try await store.jobs()
        let open = all.filter { $0.status != .finished }
        let jobs = filter.map { JobFilter($0).apply(to: all) } ?? open
        guard !jobs.isEmpty else {
            return said(
                open.isEmpty
                    ? "No jobs yet. Say for example \"every weekday at 9 remind me to stand up\"."
                    : "No job fits \"\(filter ?? "")\". There are \(open.count) in all: \"list jobs\" shows them.")
        }
        let retimed = try await retimings(of: jobs).compactMapValues(\.chosen)
        return Reply(
            lines: jobs.map { JobLines.short($0, now: now, retimed: retimed[$0.id]) },
            records: jobs.map { Rows.job($0, now: now, retimed: retimed[$0.id]) })
    }

    private func show(_ job: Job) async throws -> Reply {
        try await store.setFocus(job.id, at: now)
        let armed = try await retimings(of: [job])[job.id]
        var situation = try await situation()
        // What a hint leaves out is not next.
        situation.now = max(now, (armed?.chosen ?? now) - 0.001)
        let card = Card(situation: situation, zoneOfPerson: environment.systemZone)
        let status = JobLines.status(job, now: now, retimed: armed?.chosen)
        var lines = ["\(job.id)  \(job.name)  (\(status))", StepText.describe(job.steps)]
        lines += card.whenLines(job)
        lines += try await retimingLines(of: job, armed: armed)
        lines += JobLines.policies(job)
        if !job.provenance.sentence.isEmpty {
            lines.append("You said: \"\(job.provenance.sentence)\" (read by \(job.provenance.interpreter)).")
        }
        let last = try await store.runs(RunQuery(job: job.id, limit: 1)).first
        if let last {
            lines.append("Last run: \(RunLines.short(last, zone: zone(of: job), now: now)).")
        }
        let row = Rows.job(job, now: now, retimed: armed?.chosen)
        var reply = Reply(lines: lines.filter { !$0.isEmpty }, records: [row])
        reply.retold = [lines[0]]
        reply.runs = last.map { $0.state.isFinal ? [] : [$0.id] } ?? []
        return reply
    }

    private func zone(of job: Job) -> String { job.schedules.first?.zone ?? environment.systemZone }

    // MARK: Runs

    private func history(_ job: Job?, states: Set<Run.State>, span: DateInterval?, limit: Int) async throws -> Reply {
        if let job { try await store.setFocus(job.id, at: now) }
        let jobs = Dictionary(try await store.jobs().map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var runs = try await store.runs(RunQuery(job: job?.id, states: states, since: span?.start, limit: limit))
        if let span { runs.removeAll { $0.due >= span.end } }
        guard !runs.isEmpty else {
            return said(
                job.map { "\"\($0.name)\" has no such run\(span == nil ? " yet" : "")." }
                    ?? "There is no such run\(span == nil ? " yet" : " in that time").")
        }
        func line(_ run: Run) -> String {
            let name = jobs[run.jobID]?.name ?? "Job \(run.jobID)"
            let text = RunLines.short(run, zone: jobs[run.jobID].map(zone) ?? environment.systemZone, now: now)
            return job == nil ? "[\(run.jobID)] \(name): \(text)" : text
        }
        var reply = Reply(lines: runs.map(line), records: runs.map { Rows.run($0, job: jobs[$0.jobID]) })
        reply.retold = runs.map { run in
            var bare = run
            bare.reason = nil
            return line(bare)
        }
        return reply
    }

    private func forecast(_ span: DateInterval) async throws -> Reply {
        let found = Forecasting.occurrences(of: try await store.jobs(), in: span, after: now, limit: 50)
        guard !found.isEmpty else {
            let text = OccurrenceText(zone: environment.systemZone)
            return said(
                "Nothing is due between \(text.short(max(span.start, now), now: now)) and \(text.short(span.end, now: now))."
            )
        }
        let lines = found.map { entry in
            let text = OccurrenceText(zone: zone(of: entry.job)).moment(entry.due, now: now)
            return "\(text)  [\(entry.job.id)] \(entry.job.name)"
        }
        return Reply(lines: lines, records: found.map { Rows.occurrence($0.job, due: $0.due) })
    }

    // MARK: Schedule, deliveries

    private func explain(_ expression: String, _ text: String, _ next: [Date], _ zone: String) -> Reply {
        let times = OccurrenceText(zone: zone).list(next, now: now)
        return said("\(expression): \(text), \(zone)." + (next.isEmpty ? " It never fires again." : " Next: \(times)."))
    }

    private func deliveries(_ job: Job?) async throws -> Reply {
        let all = try await store.deliveries(limit: 50)
        let found = all.filter { job == nil || $0.jobName == job?.name }
        guard !found.isEmpty else {
            return said("Nothing was sent to a gateway\(job.map { " for \"\($0.name)\"" } ?? "") yet.")
        }
        let lines = found.map { delivery in
            let at = OccurrenceText(zone: environment.systemZone).short(
                delivery.finished ?? delivery.createdAt, now: now)
            let reason = delivery.reason.map { ": \($0)" } ?? ""
            return "\(at)  \(delivery.jobName) → \(delivery.recipient): \(delivery.state.words)\(reason)"
        }
        return Reply(lines: lines, records: found.map(Rows.delivery))
    }

    private func dryRun(_ job: Job) -> Reply {
        var lines = ["A test of \"\(job.name)\" would do this; nothing was run or sent:"]
        lines += job.steps.enumerated().map { "\($0.offset + 1). \(StepText.describe([$0.element]))" }
        if !job.delivery.isEmpty {
            lines.append("Then tell \(job.delivery.map(\.description).joined(separator: ", ")).")
        }
        return Reply(lines: lines, records: lines.map(Rows.reply))
    }
}

extension Delivery.State {
    package var words: String {
        switch self {
        case .queued: "waiting"
        case .sent: "sent"
        case .failed: "failed, will be tried again"
        case .givenUp: "given up"
        }
    }
}
