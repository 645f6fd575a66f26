import Foundation
import JobModel
import Testing

@Suite struct TriggerTrialTests {
    private func job(_ filters: EventFilter..., status: Job.Status = .active) -> Job {
        Job(
            id: 1, name: "Reorder", triggers: [Trigger(.manual)] + filters.map { Trigger(.event($0)) },
            steps: [Step(name: "say", action: .notify(text: "x", to: []))], status: status,
            provenance: Provenance(sentence: "", interpreter: "test"), createdAt: .distantPast)
    }

    private func verdict(_ job: Job, _ data: JSONValue = ["left": 3]) -> TriggerTrial.Verdict? {
        TriggerTrial(of: Event(name: "stock.low", at: .distantPast, data: data), on: job)?.verdict
    }

    @Test func saysWhetherAndWhyNot() throws {
        let few = EventFilter(name: "stock.low", data: try DataFilter(parsing: "left < 2"))
        #expect(verdict(job()) == nil)
        #expect(verdict(job(EventFilter(name: "stock.high"))) == .waitsForOthers)
        #expect(verdict(job(EventFilter(name: "stock.low"))) == .starts)
        #expect(verdict(job(EventFilter(name: "stock.low"), status: .paused)) == .refuses(reason: "it is paused"))
        #expect(verdict(job(few)) == .refuses(reason: "left is 3, and it takes left < 2"))
        #expect(verdict(job(few), ["left": 1]) == .starts)
        #expect(verdict(job(few, EventFilter(name: "stock.low"))) == .starts)
        #expect(
            verdict(job(EventFilter(name: "stock.low", job: "Backup")))
                == .refuses(reason: "it is about \"Backup\" only"))
    }
}
