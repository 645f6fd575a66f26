import Foundation
import JobModel
import Testing

/// What every `JobStore` promises, as checks on an empty store.
///
///     @Test(arguments: StoreConformance.all)
///     func keepsItsPromises(_ promise: StoreConformance) async throws { try await promise.check(InMemoryStore()) }
package struct StoreConformance: Sendable, CustomTestStringConvertible {
    package let name: String
    /// Records an issue for each broken promise. The store must be empty.
    package let check: @Sendable (any JobStore) async throws -> Void

    package var testDescription: String { name }

    init(_ name: String, _ check: @escaping @Sendable (any JobStore) async throws -> Void) {
        self.name = name
        self.check = check
    }

    package static let all: [StoreConformance] =
        jobs + changes + approvals + occurrences + runs + steps + pauses + outcomes + events + reactions + engine
        + retention
        + hints
}

// MARK: Examples

/// Thursday, 1 January 2026, 00:00 UTC.
let start = Date(timeIntervalSince1970: 1_767_225_600)

/// To the millisecond, like everything that comes out of a store.
func at(_ seconds: TimeInterval) -> Date {
    Date(timeIntervalSince1970: ((start + seconds).timeIntervalSince1970 * 1000).rounded() / 1000)
}

/// A schedule of moments, in seconds after `start`.
func once(_ seconds: TimeInterval...) -> Trigger {
    Trigger(.schedule(Schedule(.once(seconds.map(at)), zone: "UTC")))
}

func every(_ seconds: Int) -> Trigger {
    Trigger(.schedule(Schedule(.interval(seconds: seconds, anchor: start), zone: "UTC")))
}

package func exampleJob(
    _ name: String, _ triggers: Trigger..., status: Job.Status = .active, text: String = "breathe"
) -> Job {
    Job(
        name: name, triggers: triggers, steps: [Step(name: "say", action: .notify(text: text, to: []))],
        delivery: [Recipient("log"), Recipient("chat/ops")], status: status,
        capabilities: Capabilities(scripts: ["a.sh": "00ff"], requests: ["GET https://a.test/"]),
        provenance: Provenance(sentence: "remind me", interpreter: "offline", directory: "/home"), createdAt: start)
}

extension JobStore {
    /// Applies one edit; returns the job that came of it.
    @discardableResult
    func job(from edit: Edit, at date: Date = start) async throws -> Job {
        try #require(await apply([edit], summary: "test", at: date).items.first?.after)
    }

    /// Claims the next due moment of `job`, whatever it is; `next` as its schedule says.
    func claimNext(
        of job: Job, _ disposition: OccurrenceClaim.Disposition = .run(late: false, reason: nil, token: "t")
    ) async throws -> Run {
        let armed = try #require(await armed(limit: 100).first { $0.job.id == job.id })
        let claim = OccurrenceClaim(armed, disposition)
        return try #require(await self.claim([claim], at: armed.due).first)
    }

    func due(_ job: Job) async throws -> [Date] {
        try await armed(limit: 100).filter { $0.job.id == job.id }.map(\.due)
    }

    func stored(_ id: RunID) async throws -> Run {
        try #require(await run(id))
    }
}

extension OccurrenceClaim {
    package init(_ armed: ArmedTrigger, _ disposition: Disposition) {
        var next: Date?
        for case .schedule(let schedule) in armed.job.triggers.filter({ $0.id == armed.triggerID }).map(\.kind) {
            next = schedule.next(after: armed.due)
        }
        self.init(
            jobID: armed.job.id, triggerID: armed.triggerID, due: armed.due, disposition: disposition, nextDue: next)
    }
}

func expectThrows(
    _ expected: StoreError, location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    await #expect(throws: expected, sourceLocation: location) { try await body() }
}
