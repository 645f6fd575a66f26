import Foundation
import JobModel
import Testing

@testable import Scheduling

/// Which waiting runs start: limits, groups, priorities, and that nobody waits for ever.
struct StartDecisionTests {
    private static let now = Date(timeIntervalSince1970: 1_772_442_000)

    private static func place(
        _ job: JobID, _ priority: Policies.Priority = .normal, waits seconds: TimeInterval = 0, group: String? = nil,
        jobLimit: Int = 1
    ) -> StartDecision.Place {
        .init(job: job, group: group, priority: priority, ready: now - seconds, jobLimit: jobLimit)
    }

    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var total = 2
        var groups: [String: Int] = [:]
        var waiting: [StartDecision.Place]
        var underWay: [StartDecision.Place] = []
        var chosen: [Int]
    }

    static let examples = [
        Example(testDescription: "nothing waits", waiting: [], chosen: []),
        Example(
            testDescription: "who waits longest comes first",
            waiting: [place(1), place(2, waits: 5), place(3, waits: 9)], chosen: [2, 1]),
        Example(
            testDescription: "the urgent come before the patient",
            waiting: [place(1, waits: 50), place(2, .critical), place(3, .high)], chosen: [1, 2]),
        Example(
            testDescription: "a minute is worth a priority",
            waiting: [place(1, .high), place(2, .normal, waits: 61), place(3, .low, waits: 61)], chosen: [1, 0]),
        Example(testDescription: "of equals the first", total: 1, waiting: [place(2), place(1)], chosen: [0]),
        Example(
            testDescription: "what is under way takes its room", waiting: [place(1), place(2)],
            underWay: [place(3)], chosen: [0]),
        Example(
            testDescription: "no room", waiting: [place(1)], underWay: [place(2), place(3)], chosen: []),
        Example(
            testDescription: "less room than none", total: 1, waiting: [place(1)], underWay: [place(2), place(3)],
            chosen: []),
        Example(
            testDescription: "one of a job at a time", total: 5, waiting: [place(1), place(1), place(2)],
            underWay: [place(2)], chosen: [0]),
        Example(
            testDescription: "several where the job allows it", total: 5,
            waiting: [place(1, jobLimit: 2), place(1, jobLimit: 2), place(1, jobLimit: 2)], chosen: [0, 1]),
        Example(
            testDescription: "a group that nobody named has one", total: 5,
            waiting: [place(1, group: "db"), place(2, group: "db"), place(3)], chosen: [0, 2]),
        Example(
            testDescription: "a named group has its limit", total: 5, groups: ["db": 2],
            waiting: [place(1, group: "db"), place(2, group: "db"), place(3, group: "db")],
            underWay: [place(4, group: "db")], chosen: [0]),
        Example(
            testDescription: "a full group keeps nobody else back", total: 1,
            waiting: [place(1, .critical, group: "db"), place(2, .low)], underWay: [], chosen: [0]),
    ]

    @Test(arguments: examples)
    func chooses(_ example: Example) {
        let decision = StartDecision(limits: .init(total: example.total, groups: example.groups))
        #expect(decision.choose(from: example.waiting, underWay: example.underWay, at: Self.now) == example.chosen)
    }

    @Test func namesWhatIsFull() {
        let decision = StartDecision(limits: .init(total: 9, groups: ["db": 2]))
        let underWay = [
            Self.place(1, group: "db"), Self.place(2, group: "net"), Self.place(3, jobLimit: 2),
        ]
        #expect(decision.fullGroups(underWay) == ["net"])
        #expect(decision.fullJobs(underWay) == [1, 2])
    }

    /// Whatever is chosen keeps every limit, and whoever is left out is so for a limit's sake.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func keepsEveryLimitAndWastesNoRoom(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let groups = ["a": Int.random(in: 1...3, using: &random)]
        let decision = StartDecision(limits: .init(total: Int.random(in: 1...6, using: &random), groups: groups))
        let waiting = (0..<20).map { _ in Self.randomPlace(&random) }
        let chosen = decision.choose(from: waiting, underWay: [], at: Self.now)
        let started = chosen.map { waiting[$0] }
        #expect(started.count <= decision.limits.total)
        for (index, place) in waiting.enumerated() {
            let ofJob = started.count { $0.job == place.job }
            let ofGroup = started.count { $0.group != nil && $0.group == place.group }
            let groupLimit = place.group.map(decision.limits.limit(ofGroup:)) ?? .max
            #expect(ofJob <= place.jobLimit && ofGroup <= groupLimit)
            guard !chosen.contains(index) else { continue }
            #expect(
                started.count == decision.limits.total || ofJob == place.jobLimit || ofGroup == groupLimit,
                "\(index) was left out for nothing")
        }
    }

    private static func randomPlace(_ random: inout SeededGenerator) -> StartDecision.Place {
        let job = JobID.random(in: 1...8, using: &random)
        let group = ["a", "b", nil].randomElement(using: &random) ?? nil
        let priority = Policies.Priority(rawValue: Int.random(in: 0...3, using: &random)) ?? .normal
        // A job has one limit.
        return place(
            job, priority, waits: .random(in: 0...300, using: &random), group: group, jobLimit: Int(job % 3) + 1)
    }

    /// A low run among more critical ones than there is room for: it starts once those are done that came within
    /// three steps of its own arrival, and not later.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func nobodyStarves(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let decision = StartDecision(limits: .init(total: 1))
        let start = Self.now
        let head = 4 * StartDecision.agingStep
        var waiting = [StartDecision.Place(job: 0, priority: .low, ready: start)]
        var (tick, urgent, nextJob) = (0.0, 0, JobID(1))
        while waiting.contains(where: { $0.job == 0 }) {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                waiting.append(.init(job: nextJob, priority: .critical, ready: start + tick))
                nextJob += 1
                if tick <= head { urgent += 1 }
            }
            let chosen = decision.choose(from: waiting, underWay: [], at: start + tick)
            for index in chosen { waiting.remove(at: index) }
            tick += 1
            if tick > Double(urgent) + head { break }
        }
        #expect(!waiting.contains { $0.job == 0 }, "still waits after \(tick) s")
    }
}
