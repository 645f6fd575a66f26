import Foundation
import JobModel
import Testing

@testable import Scheduling

/// Moments are seconds after `origin`.
private let origin = Date(timeIntervalSince1970: 1_767_225_600)

private func at(_ seconds: TimeInterval) -> Date { origin + seconds }

private func hint(_ kind: TimingHint.Kind, at moment: TimeInterval = 100, expires: TimeInterval = 10_000) -> TimingHint
{
    TimingHint(kind, reason: "r", source: .step, at: at(moment), expires: at(expires))
}

@Suite struct AdaptiveDecisionTests {
    /// A job that is due each 1000 s, within bounds of 300 s to 3000 s; its last run began at 0 s and it is 100 s now.
    private func decide(
        _ hints: [TimingHint], now: TimeInterval = 100, end: TimeInterval = 1_000_000
    ) -> AdaptiveDecision.Choice? {
        let bounds = AdaptiveBounds(shortest: 300, longest: 3000)
        let decision = AdaptiveDecision(bounds: bounds, lastRun: origin) { moment in
            let next = (floor((moment.timeIntervalSince(origin) + 1e-6) / 1000) + 1) * 1000
            return next <= end ? at(next) : nil
        }
        return decision.decide(hints, at: at(now))
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let hints: [TimingHint]
        let rule: Retiming.Rule
        let chosen: TimeInterval
        var isClamped = false
        var testDescription: String { name }
    }

    @Test(arguments: [
        Example(name: "next", hints: [hint(.next(at(450)))], rule: .hint, chosen: 450),
        Example(name: "next too soon", hints: [hint(.next(at(150)))], rule: .hint, chosen: 300, isClamped: true),
        Example(name: "next too late", hints: [hint(.next(at(9000)))], rule: .hint, chosen: 3000, isClamped: true),
        Example(name: "next that is spent", hints: [hint(.next(at(90)))], rule: .baseline, chosen: 1000),
        Example(name: "more often", hints: [hint(.interval(400))], rule: .hint, chosen: 400),
        Example(name: "less often", hints: [hint(.interval(2500))], rule: .hint, chosen: 2500),
        Example(name: "no interval at all", hints: [hint(.interval(0))], rule: .hint, chosen: 300, isClamped: true),
        Example(name: "pause", hints: [hint(.pause(until: at(1500)))], rule: .pause, chosen: 2000),
        Example(name: "pause to a moment", hints: [hint(.pause(until: at(2000)))], rule: .pause, chosen: 2000),
        Example(
            name: "long pause", hints: [hint(.pause(until: at(9000)))], rule: .pause, chosen: 3000, isClamped: true),
        Example(name: "expired", hints: [hint(.interval(400), at: 0, expires: 100)], rule: .baseline, chosen: 1000),
        Example(name: "would have expired", hints: [hint(.interval(400), expires: 399)], rule: .baseline, chosen: 1000),
        Example(
            name: "a pause ends with its life", hints: [hint(.pause(until: at(5000)), expires: 1100)], rule: .pause,
            chosen: 2000),
        Example(
            name: "the newest hint counts", hints: [hint(.interval(900), at: 90), hint(.interval(500), at: 100)],
            rule: .hint, chosen: 500),
        Example(
            name: "in whatever order", hints: [hint(.interval(500), at: 100), hint(.interval(900), at: 90)],
            rule: .hint, chosen: 500),
        Example(
            name: "a pause before a newer hint",
            hints: [hint(.pause(until: at(1500)), at: 90), hint(.next(at(400)), at: 100)], rule: .pause, chosen: 2000),
        Example(
            name: "an expired pause leaves the hint",
            hints: [hint(.pause(until: at(1500)), at: 0, expires: 50), hint(.next(at(400)))], rule: .hint, chosen: 400),
    ])
    func chooses(_ example: Example) throws {
        let choice = try #require(decide(example.hints))
        #expect(choice.rule == example.rule)
        #expect(choice.chosen == at(example.chosen))
        #expect(choice.isClamped == example.isClamped)
        #expect(choice.baseline == at(1000))
    }

    @Test func withoutAHintTheScheduleGoesOn() { #expect(decide([]) == nil) }

    @Test func whatIsOverStaysOver() {
        let choice = decide([hint(.next(at(450)))], end: 0)
        #expect(choice?.rule == .baseline && choice?.chosen == nil)
    }

    @Test func noHintGoesBeyondTheScheduleItself() {
        #expect(decide([hint(.next(at(2500)))], end: 2000)?.rule == .baseline)
        #expect(decide([hint(.next(at(2000)))], end: 2000)?.chosen == at(2000))
    }

    /// A run that took longer than the bounds allow: at once, never in the past.
    @Test func isNeverInThePast() {
        #expect(decide([hint(.interval(400))], now: 700)?.chosen == at(700))
        #expect(decide([hint(.interval(400))], now: 5000)?.chosen == at(5000))
    }

    @Test func alwaysKeepsToTheBounds() {
        for seed in 1...5000 as ClosedRange<UInt64> { check(seed: seed) }
    }

    private func check(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func seconds(_ range: ClosedRange<Int>) -> TimeInterval { Double(Int.random(in: range, using: &random)) }
        let period = seconds(60...5000)
        let shortest = seconds(1...2000)
        let bounds = AdaptiveBounds(shortest: shortest, longest: shortest + seconds(0...5000))
        let now = at(seconds(0...8000))
        let hints = (0..<Int.random(in: 0...4, using: &random)).map { _ -> TimingHint in
            let kind: TimingHint.Kind =
                switch Int.random(in: 0..<3, using: &random) {
                case 0: .next(at(seconds(-100...20_000)))
                case 1: .interval(seconds(0...20_000))
                default: .pause(until: at(seconds(-100...20_000)))
                }
            return TimingHint(
                kind, reason: "r", source: .model, at: at(seconds(0...8000)), expires: at(seconds(-100...30_000)))
        }
        let baseline: @Sendable (Date) -> Date? = { moment in
            at((floor((moment.timeIntervalSince(origin) + 1e-6) / period) + 1) * period)
        }
        let choice = AdaptiveDecision(bounds: bounds, lastRun: origin, baseline: baseline).decide(hints, at: now)
        let valid = hints.filter { $0.moment(after: origin, at: now) != nil }
        guard let choice, let chosen = choice.chosen else {
            #expect(hints.isEmpty)
            return
        }
        #expect(chosen >= now)
        #expect(choice.rule == (valid.isEmpty ? .baseline : valid.contains(where: \.isPause) ? .pause : .hint))
        guard choice.rule.isApplied else {
            #expect(chosen == baseline(now))
            return
        }
        #expect(chosen >= origin + bounds.shortest)
        #expect(chosen <= max(origin + bounds.longest, now))
        #expect(valid.contains(choice.hint))
        #expect(valid.allSatisfy { $0.isPause != choice.hint.isPause || $0.at <= choice.hint.at })
    }
}
