import Foundation
import JobModel
import Testing

@testable import Scheduling

/// What follows when a run ends, when the scheduler stops, and when its owner dies.
struct RunLifeTests {
    private static let now = Date(timeIntervalSince1970: 1_772_442_000)

    struct Death: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var state = Run.State.running
        var deaths = 0
        var atMostOnce = false
        /// `again`, `again, counted`, or how it ends.
        var expected: String
    }

    @Test(arguments: [
        Death(testDescription: "never began", state: .claimed, expected: "again"),
        Death(testDescription: "never began, at most once", state: .claimed, atMostOnce: true, expected: "again"),
        Death(
            testDescription: "never began, and had killed two", state: .claimed, deaths: 2, expected: "again"),
        Death(testDescription: "was under way", expected: "again, counted"),
        Death(testDescription: "the second death", deaths: 1, expected: "again, counted"),
        Death(
            testDescription: "the third death", deaths: 2, expected: "given up: the scheduler died 3 times while it ran"
        ),
        Death(
            testDescription: "at most once", atMostOnce: true,
            expected: "the scheduler died while it ran; at most once was asked for"),
    ])
    func anOwnerDies(_ death: Death) {
        var policies = Policies()
        policies.atMostOnce = death.atMostOnce
        var life = RunLife(run(death.state, deaths: death.deaths), policies: policies)
        #expect(Self.words(life.ownerDied()) == death.expected)
        #expect(life.phase == .over)
    }

    struct Ending: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var outcome: RunOutcome
        var attempt = 1
        var deaths = 0
        var errors = RetryPolicy.Errors.passing
        /// Seconds until the next attempt; `nil` is the end.
        var retry: TimeInterval?
    }

    private static let passing = RunOutcome(state: .failed, reason: "HTTP 503", message: "failed", isTransient: true)
    private static let lasting = RunOutcome(state: .failed, reason: "exit 1", message: "failed")

    @Test(arguments: [
        Ending(testDescription: "success", outcome: RunOutcome(state: .succeeded, message: "done")),
        Ending(testDescription: "a failure that may pass", outcome: passing, retry: 2),
        Ending(testDescription: "the last retry but one", outcome: passing, attempt: 2, retry: 6),
        Ending(testDescription: "no retry is left", outcome: passing, attempt: 3),
        Ending(testDescription: "a death is no attempt", outcome: passing, attempt: 3, deaths: 1, retry: 6),
        Ending(testDescription: "a failure that lasts", outcome: lasting),
        Ending(testDescription: "unless any is tried again", outcome: lasting, errors: .any, retry: 2),
        Ending(testDescription: "what a person ended", outcome: RunOutcome(state: .cancelled), errors: .any),
    ])
    func aRunEnds(_ ending: Ending) {
        var policies = Policies()
        policies.retry = RetryPolicy(
            retries: 2, base: 2, factor: 3, cap: 60, jitter: .none, errors: ending.errors)
        var life = RunLife(run(.claimed, attempt: ending.attempt, deaths: ending.deaths), policies: policies)
        life.began()
        var generator = SeededGenerator(seed: 1)
        let action = life.ended(ending.outcome, at: Self.now, using: &generator)
        guard let seconds = ending.retry else { return #expect(action == .finish(ending.outcome)) }
        // A retry says nothing to anybody.
        let expected = RunOutcome(
            state: .retrying, retryAt: Self.now + seconds, reason: ending.outcome.reason, output: ending.outcome.output)
        #expect(action == .finish(expected))
    }

    @Test func aStopIsNoDeath() {
        for state in [Run.State.claimed, .running] {
            var life = RunLife(run(state), policies: Policies())
            #expect(life.stopped() == .requeue(reason: nil, isDeath: false))
            #expect(life.phase == .over)
        }
    }

    // MARK: Parts

    private func run(_ state: Run.State, attempt: Int = 1, deaths: Int = 0) -> Run {
        Run(id: 1, jobID: 1, cause: .schedule, due: Self.now, state: state, attempt: attempt, deaths: deaths)
    }

    private static func words(_ action: RunLife.Action) -> String {
        switch action {
        case .requeue(_, let isDeath): isDeath ? "again, counted" : "again"
        case .finish(let outcome): outcome.reason ?? outcome.state.rawValue
        }
    }
}
