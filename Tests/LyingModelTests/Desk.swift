import Conversation
import CronExpressions
import Foundation
import IntentContract
import Interpreters
import JobModel
import Planning
import TestSupport

/// One conversation of one sentence, in a world where the jobs that it speaks of exist and everything is allowed.
struct Desk {
    private static let gateways: Set<String> = ["slack", "telegram", "email", "discord"]

    let sentence: Sentence

    /// The jobs after `interpreter` has read the sentence, and whether a question is open.
    func jobs(by interpreter: any Interpreter, knowing names: [String]) async throws -> (StoredJobs, isAsked: Bool) {
        let store = InMemoryStore()
        _ = try await store.apply(names.map { .create(known($0)) }, summary: "before", at: sentence.moment)
        let reply = await session(interpreter, store).say(sentence.text)
        return (StoredJobs(await store.jobs(), at: sentence.moment), reply.question != nil)
    }

    func known(_ name: String) -> Job {
        let nine = try? CronExpression("0 9 * * *")
        let schedule = Schedule(.cron([nine].compactMap(\.self)), zone: sentence.zone)
        return Job(
            name: name, triggers: [Trigger(.schedule(schedule))],
            steps: [Step(name: "tell", action: .notify(text: name, to: []))] + Self.requests,
            provenance: Provenance(sentence: name, interpreter: "offline", directory: nil), createdAt: sentence.moment)
    }

    /// Steps that can be told from each other.
    private static let requests = (2...5).map {
        Step(name: "fetch\($0)", action: .http(method: "GET", url: "https://known.test/\($0)", body: nil))
    }

    var context: InterpretationContext { InterpretationContext(now: sentence.moment, zone: sentence.zone) }

    private func session(_ interpreter: any Interpreter, _ store: InMemoryStore) -> ConversationSession {
        let (now, zone) = (sentence.moment, sentence.zone)
        return ConversationSession(
            .init(
                store: store, interpreter: interpreter, now: { now }, systemZone: zone,
                lookAround: { _ in Self.surroundings }, presence: { .here }, wakeScheduler: {},
                digest: { "digest of \($0)" }, isInteractive: true))
    }

    private static var surroundings: Surroundings {
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = false
        surroundings.gatewayNames = gateways.sorted()
        surroundings.hasGateway = { gateways.contains($0.gateway) }
        return surroundings
    }
}
