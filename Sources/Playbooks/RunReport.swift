import Foundation
import JobModel
import Templates

/// Puts a run into words: its line in the conversation and the messages that leave the machine.
package struct RunReport: Sendable {
    private let job: Job
    private let run: Run
    private let result: RunResult
    private let lateness: String?

    /// - Parameter zone: the person's zone; a job with a schedule is told in that schedule's zone.
    package init(job: Job, run: Run, result: RunResult, now: Date, zone: String) {
        self.job = job
        self.run = run
        self.result = result
        let clock = LocalTimeText(zone: job.schedules.first?.zone ?? zone)
        lateness = run.late ? "late: was due \(clock.short(run.due, now: now))" : nil
    }

    /// What the store keeps of the run.
    package var outcome: RunOutcome {
        if let moment = result.waitsUntil { return RunOutcome(state: .waiting, retryAt: moment) }
        return RunOutcome(
            state: result.succeeded ? .succeeded : result.wasCancelled ? .cancelled : .failed,
            reason: result.error, output: result.text.isEmpty ? nil : result.text, message: line,
            deliveries: deliveries, notices: notices, isTransient: result.isTransient)
    }

    /// "Backup done (exit 0, 3 s): 12 files", "Backup failed at step 1 (exit 1, 3 s): disk full", or a reminder's words.
    package var line: String {
        marked(result.succeeded ? successLine : failureLine)
    }

    /// The words of `notify` steps for their recipients; of other actions the result.
    package var deliveries: [OutgoingMessage] {
        var messages = addressed(result.messages)
        if result.succeeded, !speaksForItself, let text = resultText {
            messages.append(OutgoingMessage(recipients: job.delivery, text: marked(text)))
        }
        return Self.withoutRepeats(messages)
    }

    /// What is said about the failure: by steps that ask for it, and to those that no step tells.
    package var notices: [OutgoingMessage] {
        guard !result.succeeded else { return [] }
        let uninformed = job.delivery.filter { !result.informed.contains($0) }
        let notice = OutgoingMessage(recipients: uninformed, text: marked(failureNotice))
        return Self.withoutRepeats(addressed(result.failureMessages) + [notice])
    }

    private func addressed(_ messages: [OutgoingMessage]) -> [OutgoingMessage] {
        messages.map { message in
            OutgoingMessage(
                recipients: message.recipients.isEmpty ? job.delivery : message.recipients, text: marked(message.text))
        }
    }

    // MARK: Success

    private var successLine: String {
        let words = result.messages.map(\.text).filter { !$0.isEmpty }
        if !words.isEmpty { return withNotes(words.joined(separator: "\n")) }
        let skipped = result.steps.contains { $0.state == .skipped }
        guard let last = lastExecuted, let outcome = last.result, !(speaksForItself && skipped) else {
            let told = "\(job.name): nothing to tell\(unmet)"
            return unmet.isEmpty ? withNotes(told) : Self.with(result.notes, told)
        }
        switch job.steps[last.index].action {
        case .prompt, .agent: return withNotes(said(outcome))
        case .notify, .script, .http, .playbook, .system, .call: return withNotes(doneLine(last, outcome))
        }
    }

    private func doneLine(_ step: StepRun, _ outcome: StepResult) -> String {
        let codes = [outcome.exitCode.map { "exit \($0)" }, outcome.status.map { "HTTP \($0)" }].compactMap(\.self)
        let facts = codes + [DurationText.short(step)].compactMap(\.self)
        let done = "\(job.name) done" + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
        let text = said(outcome)
        let first = CleanText.firstLine(of: text)
        guard !first.isEmpty else { return done }
        let more = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.count - 1
        return "\(done): \(first)" + (more > 0 ? " (+\(more) \(more == 1 ? "line" : "lines"))" : "")
    }

    /// " (fetch.number < 20 does not hold)", for the first condition that did not.
    private var unmet: String {
        guard let skipped = result.steps.first(where: { $0.state == .skipped }) else { return "" }
        if let reason = skipped.result?.note { return " (\(reason))" }
        if skipped.result?.inputHash != nil { return " (nothing has changed)" }
        return job.steps[skipped.index].condition.map { " (\($0) does not hold)" } ?? ""
    }

    /// What goes to the job's recipients of a job whose steps send nothing themselves.
    private var resultText: String? {
        guard let last = lastExecuted, let outcome = last.result else { return nil }
        let text = said(outcome)
        return text.allSatisfy(\.isWhitespace) ? doneLine(last, outcome) : withNotes(text)
    }

    /// A hint about the next run is for the program, not for people.
    private func said(_ outcome: StepResult) -> String {
        job.policies.adaptive == nil ? outcome.text : HintReading.withoutHint(outcome.text)
    }

    /// A job with a step that tells somebody says what there is to say by that step.
    private var speaksForItself: Bool {
        job.steps.contains { step in
            switch step.action {
            case .notify: true
            case .call(let call): !call.recipients.isEmpty
            default: false
            }
        }
    }

    /// What an agent asked for is its means; what it came to is what is told.
    private var lastExecuted: StepRun? {
        let apart = job.requestedSteps.union(job.steps.compactMap(\.undoneBy))
        return result.steps.last { $0.state != .skipped && $0.result != nil && !apart.contains($0.name) }
    }

    // MARK: Failure

    private var failureLine: String {
        let place = job.steps.count > 1 ? result.failedStep.map { " at step \($0 + 1)" } ?? "" : ""
        if isGraph, let step = failedStep, let error = step.result?.error {
            return withNotes("\(job.name) failed\(place) (\(step.name)): \(error)")
        }
        guard let step = failedStep, let outcome = step.result else {
            return "\(job.name) failed\(place): \(result.error ?? "unknown reason")"
        }
        let facts = [DurationText.short(step)].compactMap(\.self)
        return withNotes("\(job.name) failed\(place)\(OutcomeText.failure(outcome, facts: facts))")
    }

    /// As a notification: without place and duration.
    private var failureNotice: String {
        guard let outcome = failedStep?.result else { return "\(job.name) failed: \(result.error ?? "unknown reason")" }
        return "\(job.name) failed\(OutcomeText.failure(outcome))"
    }

    private var failedStep: StepRun? {
        result.failedStep.flatMap { index in result.steps.first { $0.index == index && $0.state == .failed } }
    }

    /// Its steps are no plain list: then the number of a step says little.
    private var isGraph: Bool { (try? StepGraph(job.steps))?.isPlain == false }

    /// "skipped: mail, save", in a graph.
    private var skippedNote: String? {
        let names = result.steps.filter { $0.state == .skipped }.map(\.name)
        return isGraph && !names.isEmpty ? "skipped: \(names.joined(separator: ", "))" : nil
    }

    // MARK: Words

    private func withNotes(_ text: String) -> String {
        Self.with(result.notes + [skippedNote].compactMap(\.self), text)
    }

    private static func with(_ notes: [String], _ text: String) -> String {
        notes.isEmpty ? text : "\(text) (\(notes.joined(separator: "; ")))"
    }

    private func marked(_ text: String) -> String {
        guard let lateness else { return text }
        return text.contains("\n") ? "\(text)\n(\(lateness))" : "\(text) (\(lateness))"
    }

    /// Nobody gets the same words twice from one run; messages to nobody are left out.
    private static func withoutRepeats(_ messages: [OutgoingMessage]) -> [OutgoingMessage] {
        var sent: Set<OutgoingMessage> = []
        return messages.compactMap { message in
            let recipients = message.recipients.filter { recipient in
                sent.insert(OutgoingMessage(recipients: [recipient], text: message.text)).inserted
            }
            return recipients.isEmpty ? nil : OutgoingMessage(recipients: recipients, text: message.text)
        }
    }
}
