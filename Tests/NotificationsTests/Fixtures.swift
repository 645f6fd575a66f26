import Foundation
import JobModel
import Synchronization
import TestSupport

@testable import Notifications

/// 2026-03-27T08:00:00Z.
let morning = Date(timeIntervalSince1970: 1_774_598_400)

/// A generator that draws the largest number, so that a jittered wait has its full length.
struct LongestWait: RandomNumberGenerator, Sendable {
    mutating func next() -> UInt64 { .max }
}

/// A gateway that answers from a list, the last answer again and again, and keeps what it was given.
final class ScriptedGateway: Gateway {
    let name: String
    private let answers: [DeliveryResult]
    private let seen = Mutex<[Delivery]>([])

    init(_ name: String, _ answers: DeliveryResult...) {
        self.name = name
        self.answers = answers
    }

    var texts: [String] { seen.withLock { $0.map(\.text) } }

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        seen.withLock { seen in
            seen.append(delivery)
            return answers[min(seen.count, answers.count) - 1]
        }
    }
}

extension InMemoryStore {
    /// Leaves messages in the outbox as a finished run does; returns the run.
    @discardableResult
    func leave(_ texts: [(String, to: String)], at date: Date = morning) throws -> RunID {
        let job = Job(
            name: "Backup \(jobs().count)", triggers: [Trigger(.manual)], steps: [],
            provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: date)
        let id = try apply([.create(job)], summary: "", at: date).items[0].after!.id
        let run = try enqueue(Run(jobID: id, cause: .manual, due: date))
        _ = try claim(ClaimRequest(queued: [RunClaim(id: run.id, token: "t")]), at: date)
        _ = begin(run: run.id, token: "t", at: date)
        let messages = texts.map { OutgoingMessage(recipients: [Recipient($0.to)], text: $0.0) }
        _ = finish(
            run: run.id, token: "t", outcome: RunOutcome(state: .succeeded, deliveries: messages), at: date)
        return run.id
    }

    var states: [String: Delivery.State] {
        Dictionary(deliveries(limit: 1000).map { ($0.text, $0.state) }, uniquingKeysWith: { $1 })
    }
}
