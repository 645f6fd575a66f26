import FakeProviders
import JobModel
import ModelProviders
import Testing

/// Many prompts at the same time, as when a scheduler has a lot to catch up with.
@Suite(.timeLimit(.minutes(2))) struct ManyAtOnceTests {
    @Test(arguments: ProviderDialect.allCases)
    func twoHundredPromptsAreAllAnswered(_ dialect: ProviderDialect) async throws {
        let server = try FakeProviderServer { ProviderAnswer("answer to \($0.input)") }
        let bench = try FakeProviderBench(dialect, server)
        let answers = await withTaskGroup(of: (Int, Result<ModelAnswer, ModelError>).self) { group in
            for number in 0..<200 {
                group.addTask { (number, await bench.complete("prompt \(number)", schema: nil)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == 200)
        for (number, result) in answers {
            #expect((try? result.get().text) == "answer to prompt \(number)", "\(result)")
        }
        #expect(server.requests.count == 200)
        #expect(bench.clock.sleeps.isEmpty)
    }
}
