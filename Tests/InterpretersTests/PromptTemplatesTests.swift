import IntentContract
import JobModel
import Testing

@testable import Interpreters

@Suite("The instructions to models")
struct PromptTemplatesTests {
    private static let contract: ContractLibrary = {
        do { return try ContractLibrary.embedded() } catch { preconditionFailure("\(error)") }
    }()
    private let prompts = PromptTemplates(contract: contract)

    @Test(arguments: contract.documents.map(\.intent))
    func nameEachIntent(_ name: String) {
        #expect(prompts.understanding.contains("- \(name): "))
    }

    @Test(arguments: ["notify", "prompt", "script", "http", "system", "playbook"])
    func nameEachAction(_ name: String) {
        #expect(prompts.planning.contains("- \(name) ("))
    }

    /// Providers cache what stays the same.
    @Test func areTheSameEachTime() {
        let again = PromptTemplates(contract: Self.contract)
        #expect(prompts.understanding == again.understanding)
        #expect(prompts.planning == again.planning)
    }

    @Test func leaveNoHole() {
        for name in ["intents", "actions", "most", "exampleGoal", "exampleSteps", "fetchExample"] {
            #expect(!prompts.understanding.contains("{{\(name)}}"))
            #expect(!prompts.planning.contains("{{\(name)}}"))
        }
    }

    /// The example of the planning prompt is an answer that the program takes.
    @Test func showAnAnswerThatIsTaken() throws {
        let example = try #require(prompts.planning.split(separator: "\n").last.map(String.init))
        #expect(try StepsReply(example, contract: Self.contract).steps.map(\.name) == ["fetch", "tell"])
    }
}
