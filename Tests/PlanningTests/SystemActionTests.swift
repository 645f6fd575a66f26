import Foundation
import IntentContract
import JobModel
import Testing

@testable import Planning

@Suite("Plans that look at the machine") struct SystemActionTests {
    private let builder = ActionBuilder(surroundings: .permissive)

    @Test(arguments: SystemMeasure.allCases)
    func everyMeasureIsKnown(_ measure: SystemMeasure) throws {
        let intent = ActionIntent.system(measure, path: "/data")
        #expect(try builder.action(intent, to: []) == .system(measure, path: "/data"))
    }

    @Test func anUnknownMeasureIsRefusedByName() {
        var intent = ActionIntent.system(.load, path: nil)
        intent.name = "moon_phase"
        let failure = #expect(throws: PlanningFailure.self) { try builder.action(intent, to: []) }
        #expect(
            failure?.message.hasPrefix("\"moon_phase\" cannot be measured here; one of disk_used_percent, ") == true)
        #expect(SystemMeasure.allCases.allSatisfy { failure?.message.contains($0.rawValue) == true })
    }

    @Test func aFileNeedsAPath() throws {
        let failure = #expect(throws: PlanningFailure.self) { try builder.action(.system(.file, path: nil), to: []) }
        #expect(failure?.message == "Which file is meant?")
        #expect(try builder.action(.system(.load, path: nil), to: []) == .system(.load, path: nil))
    }

    /// Looking has no outside effect: nothing is asked, and the card says what is looked at.
    @Test func lookingNeedsNobodysYes() throws {
        let intent = Intent.createPlaybook(
            CreatePlaybook(
                when: "every hour",
                steps: [
                    StepIntent(name: "file", action: .system(.file, path: "/data/feed.csv")),
                    StepIntent(name: "notify", action: .notify("gone"), when: "file contains \"missing\""),
                ]))
        let planner = Planner(
            situation: Situation(now: PlannerTests.now, zone: "Europe/Berlin"),
            provenance: Provenance(sentence: "", interpreter: "test"))
        guard case .plan(let plan) = planner.plan([intent]), let item = plan.items.first else {
            Issue.record("not planned: \(planner.plan([intent]))")
            return
        }
        #expect(item.risks.isEmpty)
        #expect(
            item.card[0] == "Watch /data/feed.csv: 1. look at /data/feed.csv  2. if file says \"missing\", tell you")
        #expect(item.action.job?.capabilities == Capabilities())
    }
}
