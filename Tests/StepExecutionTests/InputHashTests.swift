import Foundation
import JobModel
import StepExecution
import Testing

@Suite("Digests of what an action is given")
struct InputHashTests {
    private func hash(_ action: Action, _ text: String) async throws -> String? {
        let job = Job(
            id: 1, name: "Job", triggers: [], steps: [], delivery: [], policies: Policies(),
            provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: .distantPast)
        let context = StepContext(
            job: job, run: Run(jobID: 1, cause: .manual, due: .distantPast), results: ["a": StepResult(text: text)],
            timeout: 1, now: .distantPast)
        return await executor(try Workshop()).inputHash(of: action, in: context)
    }

    @Test(arguments: [
        Action.notify(text: "now {{a}}", to: []), .http(method: "GET", url: "https://x.test/?q={{a}}", body: nil),
        .script(path: "x.sh", arguments: ["{{a}}"]), .call(ActionCall("set", ["values": ["x": "{{a}}"]])),
    ])
    func areEqualWhereAllOfItIs(_ action: Action) async throws {
        let first = try #require(try await hash(action, "1"))
        #expect(try await hash(action, "1") == first)
        #expect(try await hash(action, "2") != first && first.count == 64)
    }

    @Test func areMissingWhereItCannotBeFilled() async throws {
        #expect(try await hash(.script(path: "x.sh", arguments: ["{{a}}"]), "-rf") == nil)
    }
}
