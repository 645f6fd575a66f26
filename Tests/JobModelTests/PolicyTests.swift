import Foundation
import JobModel
import Testing

/// Policies as files, flags and words name them.
struct PolicyTests {
    @Test func whatIsNamedTakesTheUsualValuesPlace() throws {
        var change = PolicyChange()
        change.missed = "all"
        change.missedWindow = "2d"
        change.missedCap = 3
        change.overlap = "cancel-other"
        change.retries = 5
        change.retryBase = "2s"
        change.retryCap = "1h"
        change.retryJitter = "none"
        change.timeout = "10m"
        change.priority = "critical"
        change.guarantee = "at-most-once"
        change.pauseAfter = 4
        change.group = "database"
        change.adaptive = "10m..6h"
        change.reuseAnswers = "6h"
        let policies = try change.applied(to: Policies())
        var expected = Policies(
            missed: .all, missedWindow: 172_800, missedCap: 3, overlap: .cancelOther, group: "database",
            retry: RetryPolicy(retries: 5, base: 2, factor: 2, cap: 3600, jitter: .none, errors: .any), timeout: 600,
            priority: .critical, atMostOnce: true, pauseAfter: 4)
        expected.adaptive = AdaptiveBounds(shortest: 600, longest: 21_600)
        expected.reuseAnswers = 21_600
        #expect(policies == expected)
    }

    @Test func whatIsNotNamedStays() throws {
        let policies = Policies(missed: .skip, group: "a", timeout: 5, priority: .low)
        #expect(try PolicyChange().applied(to: policies) == policies)
    }

    @Test func zeroAndNoneTakeALimitAway() throws {
        var change = PolicyChange()
        change.pauseAfter = 0
        change.group = "none"
        change.missedWindow = "unlimited"
        change.adaptive = "off"
        change.reuseAnswers = "never"
        let bounds = AdaptiveBounds(shortest: 1, longest: 2)
        let before = Policies(missedWindow: 5, group: "a", pauseAfter: 3, adaptive: bounds, reuseAnswers: 60)
        let policies = try change.applied(to: before)
        #expect(policies == Policies(pauseAfter: nil))
    }

    @Test(arguments: [
        (#"{"missed": "twice"}"#, "missed: \"twice\" is not possible; one of all, once, skip is."),
        (
            #"{"overlap": "queue"}"#,
            "overlap: \"queue\" is not possible; one of allow, cancel-other, queue-one, skip is."
        ),
        (#"{"retries": 101}"#, "retries: 101 is out of range: 0 to 100 is possible."),
        (#"{"retries": -1}"#, "retries: -1 is out of range: 0 to 100 is possible."),
        (#"{"timeout": "soon"}"#, "timeout: \"soon\" is no length of time; 90s, 10m, 2h and 1d are."),
        (#"{"timeout": "0s"}"#, "timeout: \"0s\" is out of range: 1s to 30d is possible."),
        (#"{"timeout": "31d"}"#, "timeout: \"31d\" is out of range: 1s to 30d is possible."),
        (#"{"priority": "urgent"}"#, "priority: \"urgent\" is not possible; one of critical, high, low, normal is."),
        (
            #"{"guarantee": "exactly-once"}"#,
            "guarantee: \"exactly-once\" is not possible; one of at-least-once, at-most-once is."
        ),
        (#"{"pause_after": 1001}"#, "pause_after: 1001 is out of range: 0 to 1000 is possible."),
        (#"{"missed_cap": 0}"#, "missed_cap: 0 is out of range: 1 to 1000 is possible."),
        (#"{"retry_factor": 0.5}"#, "retry_factor: 0.5 is out of range: 1 to 10 is possible."),
        (#"{"group": "  "}"#, "group: \"  \" is no name of a group: up to 60 characters on one line are."),
        (#"{"adaptive": "6h..10m"}"#, "adaptive: \"6h..10m\": the first bound is the shorter one."),
        (#"{"adaptive": "6h"}"#, "adaptive: \"6h\" is no pair of bounds; 10m..6h is one, and off ends it."),
        (#"{"reuse_answers": "31d"}"#, "reuse_answers: \"31d\" is out of range: 1s to 30d is possible."),
        (#"{"reuse_answers": "off"}"#, "reuse_answers: \"off\" is no length of time; 90s, 10m, 2h and 1d are."),
    ])
    func aValueOutOfRangeIsNamedWithWhatWouldBeRight(_ document: String, _ message: String) throws {
        let change = try JSONDecoder().decode(PolicyChange.self, from: Data(document.utf8))
        let error = #expect(throws: PolicyError.self) { try change.applied(to: Policies()) }
        #expect(error?.message == message)
    }

    @Test func whatAnOlderVersionStoredHasTheUsualValuesOfTheRest() throws {
        let old = """
            {"missed":"all","overlap":"skip","retry":{"retries":3,"base":1,"factor":2,"cap":300},"timeout":60,
            "priority":1,"atMostOnce":false}
            """
        let policies = try JSONDecoder().decode(Policies.self, from: Data(old.utf8))
        #expect(policies == Policies(missed: .all, retry: .network, timeout: 60))
    }

    @Test(arguments: [nil, 1, 10])
    func neverPausingIsKept(_ limit: Int?) throws {
        let policies = Policies(pauseAfter: limit)
        let copy = try JSONDecoder().decode(Policies.self, from: JSONEncoder().encode(policies))
        #expect(copy == policies)
    }

    @Test(arguments: [(nil, "never"), (1, "1s"), (86_400, "1d")])
    func howLongAnswersAreUsedAgainIsKept(_ span: Double?, _ text: String) throws {
        let policies = Policies(reuseAnswers: span)
        let copy = try JSONDecoder().decode(Policies.self, from: JSONEncoder().encode(policies))
        #expect(copy == policies)
        #expect(PolicyChange().merged(with: PolicyChange(describing: policies)).reuseAnswers == text)
    }

    @Test(arguments: [("90s", 90.0), ("10m", 600), ("2h", 7200), ("1d", 86_400), ("45", 45), ("0s", 0)])
    func durationsAreReadAndWritten(_ text: String, _ seconds: Double) {
        #expect(DurationWords.seconds(text) == seconds)
        #expect(DurationWords.seconds(DurationWords.text(seconds)) == seconds)
    }

    @Test(arguments: ["", "x", "-5s", "1w", "nan", "inf", "1e300d"])
    func whatIsNoDurationIsRefused(_ text: String) { #expect(DurationWords.seconds(text) == nil) }

    @Test func withoutJitterEachWaitIsTheLongest() {
        var generator = SystemRandomNumberGenerator()
        let retry = RetryPolicy(retries: 4, base: 1, factor: 3, cap: 20, jitter: .none)
        let waits = (1...5).map { retry.delay(afterAttempt: $0, using: &generator) }
        #expect(waits == [1, 3, 9, 20, nil])
    }
}
