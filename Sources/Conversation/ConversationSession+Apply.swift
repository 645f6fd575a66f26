import Foundation
import IntentContract
import JobModel
import Planning

/// Carrying out a plan: one change in the store, then a reply made from what the store holds.
extension ConversationSession {
    /// A plan with risks: shown and asked about at a terminal, kept as a draft or refused elsewhere.
    func confirm(_ plan: Plan) async throws -> Reply {
        let lines = plan.items.flatMap { $0.card.isEmpty ? $0.risks.map { "This means \($0.text)." } : $0.card }
        guard environment.isInteractive else { return try await keepAsDraft(plan, lines: lines) }
        pending = .confirmation(plan)
        let question = OpenQuestion(about: .other, text: "Allow? [y/N]", isConfirmation: true)
        var reply = Reply(lines: lines, question: question, status: .needsAnswer, records: [Rows.question(question)])
        reply.retold = lines
        return reply
    }

    /// Nobody can say yes here: new jobs are stored as drafts that wait, anything else is left undone.
    private func keepAsDraft(_ plan: Plan, lines: [String]) async throws -> Reply {
        let jobs = plan.items.compactMap { item in
            if case .create(let job, _) = item.action { job } else { nil }
        }
        let edits = jobs.enumerated().flatMap { Draft.edits(for: $1, position: $0 + 1, digest: environment.digest) }
        let drafted = jobs.count
        guard drafted > 0, drafted == plan.items.count else {
            let line = "This needs a yes, which cannot be given here. Say it in the chat (rota chat)."
            return Reply(
                lines: lines + [line], status: .needsAnswer,
                records: [Rows.error(code: "needs_approval", message: line)])
        }
        _ = try await store.apply(edits, summary: summary(plan), at: now)
        let waiting = try await store.approvals(waitingOnly: true).suffix(drafted)
        let names = waiting.map { "\($0.id)" }.joined(separator: ", ")
        let line = "Kept as a draft; nothing runs until you release it: rota approve \(names)"
        return Reply(
            lines: lines + [line], status: .needsAnswer, records: waiting.map(Rows.approval) + [Rows.reply(line)])
    }

    /// - Parameter wasShown: the person has seen the card and said yes to it.
    func apply(_ plan: Plan, wasShown: Bool = false) async throws -> Reply {
        let edits = plan.items.flatMap { $0.action.edits }
        var made: [Job] = []
        if !edits.isEmpty {
            let change = try await store.apply(edits, summary: summary(plan), at: now)
            try await store.rememberUndone([])
            made = change.items.filter { $0.before == nil }.compactMap(\.after)
            environment.wakeScheduler()
        }
        var reply = Reply()
        for item in plan.items {
            var job: Job?
            if case .create = item.action, !made.isEmpty { job = made.removeFirst() }
            let part = try await perform(item, created: job, wasShown: wasShown)
            reply.lines += part.lines
            reply.retold += Self.retold(part, of: item.action)
            reply.records += part.records
            reply.runs += part.runs
            if part.status != .done { reply.status = part.status }
        }
        if reply.status == .done, plan.items.contains(where: \.action.makesWork) {
            reply.lines += try await absenceNote()
        }
        return reply
    }

    private func perform(_ item: Plan.Item, created: Job?, wasShown: Bool) async throws -> Reply {
        let card = wasShown || !item.risks.isEmpty ? [] : item.card
        switch item.action {
        case .create(_, let runNow):
            guard let created else { return Reply() }
            return try await report(created: created, card: card, runNow: runNow)
        case .update(_, let after), .snooze(_, let after):
            try await store.setFocus(after.id, at: now)
            return Reply(lines: card.isEmpty ? ["Done."] : card, records: [Rows.job(after, now: now)])
        case .pause(let jobs, let until): return try await report(jobs, paused: until)
        case .resume(let jobs): return try await report(resumed: jobs)
        case .delete(let jobs):
            let names = jobs.map { "\"\($0.name)\"" }.joined(separator: ", ")
            return said("Deleted \(names). \"undo\" brings it back.")
        case .run(let jobs): return try await start(jobs)
        case .cancelRuns(let jobs): return try await cancelRuns(of: jobs)
        case .preference(let name, let value): return said(Self.preferenceText(name: name, value: value))
        case .pauseEverything(let until): return try await pauseEverything(until)
        case .resumeEverything:
            try await store.pauseScheduler(until: nil, at: now)
            environment.wakeScheduler()
            return said("Going on: everything that is due runs again.")
        case .mute(let until):
            try await store.mute(until: until ?? .distantFuture)
            return said(
                "Quiet \(until.map { "until \(momentText($0))" } ?? "until you say otherwise"); outcomes are kept in the inbox."
            )
        case .acknowledge(let job): return try await acknowledge(job)
        case .approve(let id): return try await decide(id, approved: true)
        case .reject(let id): return try await decide(id, approved: false)
        case .undo: return try await undo()
        case .redo: return try await redo()
        case .look(let query): return try await look(query)
        case .help(let topic):
            return Reply(
                lines: HelpText.lines(topic: topic),
                records: [Rows.reply(HelpText.lines(topic: topic).joined(separator: "\n"))])
        case .chat: return said("You are welcome. Tell me what should happen and when.")
        }
    }

    func said(_ line: String) -> Reply { Reply(lines: [line], records: [Rows.reply(line)]) }

    func momentText(_ date: Date, zone: String? = nil) -> String {
        OccurrenceText(zone: zone ?? environment.systemZone).moment(date, now: now)
    }

    // MARK: Parts

    private func report(created job: Job, card: [String], runNow: Bool) async throws -> Reply {
        try await store.setFocus(job.id, at: now)
        var lines = card
        var runs: [RunID] = []
        if runNow {
            runs = [try await store.enqueue(Run(jobID: job.id, cause: .manual, due: now)).id]
            environment.wakeScheduler()
            lines.append("Job \(job.id) \"\(job.name)\" is on; running it now.")
        } else {
            lines.append("Job \(job.id) \"\(job.name)\" is \(job.status == .paused ? "kept, paused" : "on").")
        }
        var reply = Reply(lines: lines, records: [Rows.job(job, now: now)])
        reply.runs = runs
        return reply
    }

    private func report(_ jobs: [Job], paused until: Date?) async throws -> Reply {
        if let job = jobs.last { try await store.setFocus(job.id, at: now) }
        let lines = jobs.map { job -> String in
            if let reason = job.cannotBePaused { return reason }
            let end = until.map { " until \(momentText($0, zone: job.schedules.first?.zone))" } ?? ""
            return job.status == .paused && until == job.pausedUntil
                ? "\"\(job.name)\" was paused already." : "Paused \"\(job.name)\"\(end)."
        }
        return Self.reply(lines, about: jobs)
    }

    private func report(resumed jobs: [Job]) async throws -> Reply {
        if let job = jobs.last { try await store.setFocus(job.id, at: now) }
        let lines = jobs.map { job -> String in
            if let reason = job.cannotBePaused { return reason }
            let next =
                job.nextOccurrence(after: now).map { " Next: \(momentText($0, zone: job.schedules.first?.zone))." }
                ?? ""
            return job.status == .active
                ? "\"\(job.name)\" is on already.\(next)" : "\"\(job.name)\" is on again.\(next)"
        }
        return Self.reply(lines, about: jobs)
    }

    /// A draft needs an answer first: whatever was wanted of it was not done.
    private static func reply(_ lines: [String], about jobs: [Job]) -> Reply {
        let waits = jobs.contains { $0.status == .draft }
        return Reply(lines: lines, status: waits ? .needsAnswer : .done, records: lines.map(Rows.reply))
    }

    private func start(_ jobs: [Job]) async throws -> Reply {
        var lines: [String] = []
        var runs: [RunID] = []
        for job in jobs {
            if job.status == .draft {
                lines.append("\"\(job.name)\" waits for your approval first: \"rota approvals\" shows what for.")
                continue
            }
            runs.append(try await store.enqueue(Run(jobID: job.id, cause: .manual, due: now)).id)
            try await store.setFocus(job.id, at: now)
            lines.append("Running \"\(job.name)\" now.")
        }
        environment.wakeScheduler()
        var reply = Self.reply(lines, about: jobs)
        reply.runs = runs
        return reply
    }

    private func pauseEverything(_ until: Date?) async throws -> Reply {
        try await store.pauseScheduler(until: until ?? .distantFuture, at: now)
        environment.wakeScheduler()
        let end = until.map { "until \(momentText($0))" } ?? "until you say \"resume everything\""
        return said("Everything is paused \(end).")
    }

    private func acknowledge(_ job: Job?) async throws -> Reply {
        let unseen = try await store.messages(unseenOnly: true, limit: 100)
        let mine = unseen.filter { job == nil || $0.jobID == job?.id }
        try await store.markSeen(mine.map(\.id))
        return said(
            mine.isEmpty ? "Noted." : "Noted: \(mine.count) \(mine.count == 1 ? "message" : "messages") put away.")
    }

    private static func preferenceText(name: String, value: String) -> String {
        switch name {
        case "timezone": "Your time zone is \(value) from now on."
        case "deliver": "Outcomes go to \(value) by default."
        case "ambiguous_hour":
            value == "ask"
                ? "I will ask about hours that could be either."
                : "Hours that could be either are \(value) from now on."
        case "date_order" where value == "ask": "I will ask about dates that could be either."
        default: "\(name) is \(value) from now on."
        }
    }

    /// Says so when nothing would run what was just made.
    private func absenceNote() async throws -> [String] {
        switch await environment.presence() {
        case .here, .elsewhere: []
        case .none:
            [
                "No scheduler is running, so nothing runs while this is closed. Start one with \"rota start\", or keep it running with \"rota chat\"."
            ]
        }
    }

    private func summary(_ plan: Plan) -> String {
        plan.items.compactMap(\.action.summary).joined(separator: "; ")
    }
}

extension ConversationSession {
    /// Carries out intents that no sentence stands behind: a command's.
    ///
    /// - Parameter confirmed: The command itself is the yes (`rota jobs remove 3`).
    package func carryOut(_ intents: [Intent], command: String, confirmed: Bool) async -> Reply {
        do {
            let request = PlanningRequest(
                intents: intents,
                provenance: Provenance(sentence: command, interpreter: "command", directory: environment.directory))
            guard confirmed else { return try await plan(request) }
            let planner = Planner(situation: try await situation(), provenance: request.provenance)
            guard case .plan(let plan) = planner.plan(intents) else { return try await self.plan(request) }
            return try await apply(plan)
        } catch {
            return .failure(Self.message(for: error))
        }
    }
}

extension Job {
    /// Why pausing and resuming mean nothing here; `nil` where they do.
    fileprivate var cannotBePaused: String? {
        switch status {
        case .draft: "\"\(name)\" waits for your approval first: \"rota approvals\" shows what for."
        case .finished: "\"\(name)\" has nothing left to come."
        case .active, .paused: nil
        }
    }
}
