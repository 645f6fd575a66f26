import Foundation
import IntentContract
import JobModel
import Testing

@testable import Planning

@Suite("As many steps as the settings allow") struct StepLimitTests {
    @Test(arguments: [(1, false), (2, false), (3, true)])
    func isCheckedWhenPlanned(_ count: Int, _ isRefused: Bool) {
        var surroundings = Surroundings.permissive
        surroundings.mostSteps = 2
        let steps = (1...count).map { StepIntent(name: "s\($0)", action: .notify("\($0)")) }
        let planner = Planner(
            situation: Situation(now: PlannerTests.now, zone: "UTC", surroundings: surroundings),
            provenance: Provenance(sentence: "", interpreter: "test"))
        let outcome = planner.plan([.createPlaybook(CreatePlaybook(when: "every hour", steps: steps))])
        let words = "a job may have 2: split it, or raise limits.steps"
        #expect("\(outcome)".contains(words) == isRefused)
    }
}
