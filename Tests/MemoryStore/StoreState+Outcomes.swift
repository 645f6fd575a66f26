import Foundation
import JobModel

/// What steps and runs leave behind.
extension StoreState {
    mutating func record(_ steps: [StepRun]) throws(StoreError) {
        for step in steps {
            guard let run = run(step.runID, in: [.claimed, .running]), run.attempt == step.attempt else {
                throw .superseded
            }
        }
        steps.forEach { record($0) }
    }

    private mutating func record(_ step: StepRun) {
        var stored = step
        (stored.started, stored.finished) = (step.started.rounded, step.finished?.rounded)
        var steps = stepRuns[step.runID] ?? []
        steps.removeAll { $0.index == step.index && $0.attempt == step.attempt }
        steps.append(stored)
        stepRuns[step.runID] = steps.sorted { ($0.attempt, $0.index) < ($1.attempt, $1.index) }
    }

    mutating func leave(_ outcome: RunOutcome, of run: Run, at: Date) {
        if let text = outcome.message {
            _ = post(Message(jobID: run.jobID, runID: run.id, at: at, text: text))
        }
        defer { follow(outcome, of: run, at: at) }
        let name = jobs[run.jobID]?.job.name ?? ""
        for message in outcome.deliveries + outcome.notices {
            for recipient in message.recipients {
                deliveries.append(
                    Delivery(
                        id: (deliveries.last?.id ?? 0) + 1, runID: run.id, jobName: name, recipient: recipient,
                        text: message.text, createdAt: at, notBefore: at))
            }
        }
    }

    mutating func post(_ message: Message) -> Message {
        var stored = message
        (stored.id, stored.at) = ((messages.last?.id ?? 0) + 1, message.at.rounded)
        messages.append(stored)
        return stored
    }

    mutating func update(_ delivery: Delivery) {
        guard let index = deliveries.firstIndex(where: { $0.id == delivery.id }) else { return }
        deliveries[index].state = delivery.state
        deliveries[index].attempt = delivery.attempt
        deliveries[index].notBefore = delivery.notBefore.rounded
        deliveries[index].finished = delivery.finished?.rounded
        deliveries[index].reason = delivery.reason
    }
}
