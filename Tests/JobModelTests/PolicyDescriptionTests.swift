import JobModel
import Testing

struct PolicyDescriptionTests {
    @Test(arguments: [
        Policies(),
        Policies(missed: .skip, missedWindow: 90, overlap: .allow, parallel: 3, group: "database", pauseAfter: nil),
        Policies(
            missed: .all, missedCap: 4, overlap: .cancelOther,
            retry: RetryPolicy(retries: 5, base: 0.5, factor: 1.5, cap: 7200, jitter: .none, errors: .any), timeout: 30,
            priority: .critical, atMostOnce: true, adaptive: AdaptiveBounds(shortest: 600, longest: 21_600),
            reuseAnswers: 5400),
    ])
    func isMadeOfItsOwnDescription(_ policies: Policies) throws {
        let others = Policies(missed: .all, missedWindow: 1, overlap: .queueOne, group: "x", pauseAfter: 1)
        #expect(try PolicyChange(describing: policies).applied(to: others) == policies)
    }
}
