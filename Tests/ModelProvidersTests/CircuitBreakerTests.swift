import Foundation
import JobModel
import ModelProviders
import Testing

struct CircuitBreakerTests {
    enum Event: Sendable {
        /// Seconds that pass; negative sets the clock back.
        case passes(TimeInterval)
        case fails(ModelError)
        case answers
        /// Asking is let through, or has to wait for so many seconds.
        case asks(wait: TimeInterval?)
    }

    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var events: [Event]
    }

    private static let broken = Event.fails(.rejected(status: 500, message: "x"))
    private static let opened = [broken, broken, broken]
    private static let free = Event.asks(wait: nil)

    static let stories = [
        Story(testDescription: "two failures are let pass", events: [broken, broken, free]),
        Story(testDescription: "three in a row open it", events: opened + [.asks(wait: 30)]),
        Story(
            testDescription: "an answer between them starts again", events: [broken, broken, .answers, broken, free]),
        Story(testDescription: "the wait runs down", events: opened + [.passes(29), .asks(wait: 1), .passes(1), free]),
        Story(
            testDescription: "one probe at a time",
            events: opened + [.passes(30), free, .asks(wait: 30), .passes(1), .asks(wait: 30)]),
        Story(
            testDescription: "a probe that is answered closes it",
            events: opened + [.passes(30), free, .answers, free, free]),
        Story(
            testDescription: "a probe that fails doubles the rest",
            events: opened + [.passes(30), free, broken, .asks(wait: 60), .passes(60), free, broken, .asks(wait: 120)]),
        Story(
            testDescription: "up to five minutes",
            events: opened + [30, 60, 120, 240, 300].flatMap { [.passes($0), free, broken] } + [.asks(wait: 300)]),
        Story(
            testDescription: "closed again, it is as patient as before",
            events: opened + [.passes(30), free, .answers, broken, broken, free, broken, .asks(wait: 30)]),
        Story(
            testDescription: "a wish is believed at once",
            events: [.fails(.rateLimited(retryAfter: 90)), .asks(wait: 90)]),
        Story(
            testDescription: "up to an hour", events: [.fails(.rateLimited(retryAfter: 86_400)), .asks(wait: 3600)]),
        Story(
            testDescription: "a limit without a wish is a failure like others",
            events: [.fails(.rateLimited(retryAfter: nil)), free]),
        Story(
            testDescription: "a clock that is set back keeps it shut no longer",
            events: opened + [.passes(-86_400), .asks(wait: 30)]),
        Story(
            testDescription: "nor does it hold up a probe for ever",
            events: opened + [.passes(30), free, .passes(-60), free]),
        Story(
            testDescription: "a probe whose end was never told is given up",
            events: opened + [.passes(30), free, .passes(301), free]),
        Story(
            testDescription: "a cancelled probe may be tried again at once",
            events: opened + [.passes(30), free, .fails(.cancelled), free]),
        Story(
            testDescription: "a failure of what was under way lengthens nothing",
            events: opened + [broken, .asks(wait: 30)]),
    ]

    @Test(arguments: stories)
    func goes(_ story: Story) {
        var breaker = CircuitBreaker.ofProvider
        var now = Date(timeIntervalSince1970: 1_774_600_000)
        for (number, event) in story.events.enumerated() {
            switch event {
            case .passes(let seconds): now += seconds
            case .fails(let error): breaker.failed(error, at: now)
            case .answers: breaker.succeeded()
            case .asks(let wait): #expect(breaker.waitBeforeAsking(at: now) == wait, "event \(number)")
            }
        }
    }

    /// What counts against the provider, and what says nothing about it.
    @Test(arguments: [
        (ModelError.unreachable("x"), true), (.timedOut(30), true), (.incomplete("x"), true), (.malformed("x"), true),
        (.unauthorized("x"), true), (.rejected(status: 500, message: "x"), true),
        (.rejected(status: 408, message: "x"), true), (.rejected(status: 429, message: "x"), true),
        (.rejected(status: 400, message: "x"), false), (.rejected(status: 404, message: "x"), false),
        (.refused("x"), false), (.resting(3), false), (.overBudget("x"), false), (.cancelled, false),
    ])
    func counts(_ error: ModelError, isProvidersFault: Bool) {
        var breaker = CircuitBreaker.ofProvider
        let now = Date(timeIntervalSince1970: 0)
        for _ in 0..<5 { breaker.failed(error, at: now) }
        #expect((breaker.waitBeforeAsking(at: now) != nil) == isProvidersFault)
    }
}
