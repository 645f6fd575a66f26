import Foundation
import JobModel
import StepExecution
import TestSupport
import Testing

@testable import Commands

@Suite("Playbooks that steps call") struct NamedRunCallTests {
    private static let began = Date(timeIntervalSince1970: 1_774_598_400.0004)

    /// A store with the playbook "Price check", which needs a limit.
    private func store() async throws -> InMemoryStore {
        let store = InMemoryStore()
        let job = Job(
            name: "Price check", triggers: [Trigger(.manual)],
            steps: [Step(name: "a", action: .notify(text: "x", to: []))],
            provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: Self.began,
            playbook: PlaybookHeader(inputs: [PlaybookInput(name: "limit", kind: .number)]))
        _ = try await store.apply([.create(job)], summary: "", at: Self.began)
        return store
    }

    private func call(_ inputs: [String: JSONValue], waits: Bool, after seconds: TimeInterval = 0) -> PlaybookCall {
        PlaybookCall(
            name: "price check", inputs: inputs, depth: 1, waits: waits, began: Self.began, now: Self.began + seconds)
    }

    @Test("are started once, however often their end is looked for")
    func waiting() async throws {
        let store = try await store()
        let runs = NamedRuns(store: store)
        guard case .underWay(let id, let again) = await runs.call(call(["limit": 3], waits: true), wake: {}) else {
            Issue.record("it is not under way")
            return
        }
        #expect(again == Self.began + 2)
        let second = await runs.call(call(["limit": 3], waits: true, after: 100), wake: {})
        #expect(second == .underWay(id, lookAgain: Self.began + 110))
        #expect(try await store.runs(RunQuery()).count == 1)
        #expect(try await store.run(id)?.inputs == ["limit": 3])
        #expect(try await store.claim(run: id, token: "t", at: Self.began))
        _ = try await store.finish(
            run: id, token: "t", outcome: RunOutcome(state: .succeeded, output: "24.90"), at: Self.began + 101)
        guard case .ended(let run) = await runs.call(call(["limit": 3], waits: true, after: 110), wake: {}) else {
            Issue.record("it has not ended")
            return
        }
        #expect(run.id == id && run.output == "24.90")
    }

    @Test("are held to their inputs")
    func inputs() async throws {
        let runs = NamedRuns(store: try await store())
        #expect(
            await runs.call(call(["limit": "x"], waits: false), wake: {})
                == .refused("the input \"limit\" of \"Price check\" is a number"))
        #expect(
            await runs.call(call(["limt": 1], waits: false), wake: {})
                == .refused("\"Price check\" has no input \"limt\"; it takes limit"))
        #expect(
            await runs.call(call([:], waits: false), wake: {})
                == .refused("\"Price check\" needs the input \"limit\""))
        guard case .started = await runs.call(call(["limit": 3], waits: false), wake: {}) else {
            Issue.record("it did not start")
            return
        }
    }
}
