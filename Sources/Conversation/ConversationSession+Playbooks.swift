import Foundation
import JobModel
import Planning

/// Playbooks that a file describes: the same plan, card and approval as for a sentence.
extension ConversationSession {
    /// What a file is read against.
    package func readingSituation() async throws -> Situation { try await situation() }

    /// Stores a playbook, or asks first: for a yes where one is needed, and before a stored one becomes another.
    ///
    /// - Parameters:
    ///   - before: the job that it takes the place of.
    ///   - difference: lines that show what would be another.
    ///   - agreed: a person has agreed to the difference already. No risk is agreed to by it.
    package func adopt(
        _ playbook: Job, replacing before: Job?, difference: [String] = [], agreed: Bool = false
    ) async -> Reply {
        do {
            let planner = Planner(situation: try await situation(), provenance: playbook.provenance)
            switch planner.plan(playbook: playbook, replacing: before, difference: difference) {
            case .question(let question, _): return asking(question)
            case .failure(let failure): return .failure(failure.message)
            case .plan(let plan): return try await adopt(plan, before: before, agreed: agreed)
            }
        } catch {
            return .failure(Self.message(for: error))
        }
    }

    private func adopt(_ plan: Plan, before: Job?, agreed: Bool) async throws -> Reply {
        guard let before, let item = plan.items.first, case .update(_, let after) = item.action else {
            return try await adopt(new: plan)
        }
        if after == before { return said("\"\(before.name)\" is that already.") }
        if after.status == .draft, agreed || before.status == .draft { return try await draft(after, item) }
        if environment.isInteractive, !(agreed && plan.risks.isEmpty) { return try await confirm(plan) }
        guard agreed else {
            let line = "Nothing was changed. With --yes it is."
            return Reply(
                lines: item.card + [line], status: .needsAnswer,
                records: [Rows.error(code: "needs_answer", message: line)])
        }
        return plan.risks.isEmpty ? try await apply(plan) : try await draft(after, item)
    }

    private func adopt(new plan: Plan) async throws -> Reply {
        guard let item = plan.items.first, case .create(let job, _) = item.action, job.status == .draft else {
            return plan.risks.isEmpty ? try await apply(plan) : try await confirm(plan)
        }
        return try await keep(
            job, item.card, edits: [.create(job), approval(of: job, number: -1)], summary: "created \"\(job.name)\"")
    }

    /// Nothing of it runs until somebody releases it.
    private func draft(_ after: Job, _ item: Plan.Item) async throws -> Reply {
        var draft = after
        draft.status = .draft
        return try await keep(
            draft, item.card, edits: [.update(draft), approval(of: draft, number: draft.id)],
            summary: "changed \"\(draft.name)\"", needsAnswer: !item.risks.isEmpty)
    }

    private func approval(of job: Job, number: JobID) -> Edit {
        let reasons = Risk.all(of: job).map(\.text)
        return .requireApproval(
            job: number, planHash: environment.digest(job.planText),
            reasons: reasons.isEmpty ? ["its file says \"draft\""] : reasons)
    }

    private func keep(
        _ job: Job, _ card: [String], edits: [Edit], summary: String, needsAnswer: Bool = false
    ) async throws -> Reply {
        _ = try await store.apply(edits, summary: summary, at: now)
        try await store.rememberUndone([])
        environment.wakeScheduler()
        let waiting = try await store.approvals(waitingOnly: true).suffix(1)
        let names = waiting.map { "\($0.id)" }.joined()
        let line = "Kept as a draft; nothing runs until you release it: rota approve \(names)"
        return Reply(
            lines: card + [line], status: needsAnswer ? .needsAnswer : .done,
            records: waiting.map(Rows.approval) + [Rows.reply(line)])
    }

    // MARK: Runs

    /// Starts a run with values by name; those that are missing or of another kind are named, and nothing starts.
    package func run(_ job: Job, inputs: [String: JSONValue]) async -> Reply {
        if let problem = job.problem(with: inputs) { return .failure(problem) }
        guard job.status != .draft else {
            let line = "\"\(job.name)\" waits for your approval first: \"rota approvals\" shows what for."
            return Reply(lines: [line], status: .needsAnswer, records: [Rows.reply(line)])
        }
        do {
            let run = Run(
                jobID: job.id, cause: .manual, due: now, inputs: inputs.isEmpty ? nil : .object(inputs))
            let queued = try await store.enqueue(run)
            try await store.setFocus(job.id, at: now)
            environment.wakeScheduler()
            var reply = said("Running \"\(job.name)\" now.")
            reply.runs = [queued.id]
            return reply
        } catch {
            return .failure(Self.message(for: error))
        }
    }
}

extension Job {
    /// Why a run cannot be given these values, as a sentence.
    fileprivate func problem(with inputs: [String: JSONValue]) -> String? {
        let declared = playbook?.inputs ?? []
        for (name, value) in inputs.sorted(by: { $0.key < $1.key }) {
            guard let input = declared.first(where: { $0.name == name }) else {
                let known = declared.isEmpty ? "none" : declared.map(\.name).joined(separator: ", ")
                return "\"\(self.name)\" has no input \"\(name)\"; it has \(known)."
            }
            if !input.accepts(value) {
                return "\(value.compactText) is no \(input.kind.rawValue), which the input \"\(name)\" is."
            }
        }
        guard let missing = declared.first(where: { $0.usual == nil && inputs[$0.name] == nil }) else { return nil }
        return "The input \"\(missing.name)\" has no default: --input \(missing.name)=…"
    }
}
