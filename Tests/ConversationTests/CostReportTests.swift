import CronExpressions
import Foundation
import JobModel
import TestSupport
import Testing

@testable import Conversation

@Suite struct CostReportTests {
    /// Tuesday, 24 November 2026, 10:00 in Berlin.
    private static let now = Date(timeIntervalSince1970: 1_795_510_800)
    private static let zone = try! ZoneRules.named("Europe/Berlin")

    private static func row(
        _ hoursAgo: Double, _ purpose: ModelPurpose, cost: Int64, input: Int = 1000, isEstimated: Bool = false,
        state: ModelSpending.State = .settled
    ) -> ModelSpending {
        let usage = ModelUsage(inputTokens: input, outputTokens: 120, cost: cost, isEstimated: isEstimated)
        return ModelSpending(
            at: now - hoursAgo * 3600, model: "openai:x", purpose: purpose, usage: usage, state: state)
    }

    private static func report(_ rows: [ModelSpending], days: Int = 7, caps: SpendingCaps = SpendingCaps())
        -> CostReport
    {
        CostReport(rows, days: days, names: [3: "morning brief"], caps: caps, zone: zone, now: now)
    }

    private static let rows = [
        row(9, .request, cost: 20_000), row(8, .job(id: 3, run: 1), cost: 4_200, input: 900),
        row(2, .request, cost: 1_500_000, input: 12_300, isEstimated: true, state: .reserved),
        row(11, .job(id: 7, run: nil), cost: 30_000), row(1, .request, cost: 0, state: .released),
    ]

    @Test func showsDaysAndJobs() {
        #expect(
            Self.report(Self.rows).lines == [
                "What models cost in the last 7 days:",
                "  Tue 24 Nov  conversation       2 questions  13.3k in  240 out   ~$1.52",
                "  Tue 24 Nov  [3] morning brief   1 question    900 in  120 out  $0.0042",
                "  Mon 23 Nov  [7] (deleted)       1 question   1.0k in  120 out    $0.03",
                "  In all                         4 questions  15.2k in  480 out   ~$1.55",
                "Today: $1.52 of $5.00, $3.48 left. At most $0.50 a question, $1.00 a job and day.",
                "Asked today: 3 of 5000 questions, 14.6k of 50.0M tokens.",
                "~ holds what no provider has told: it is counted as the most that it can be.",
            ])
    }

    @Test(arguments: [
        (SpendingCaps.none, "Today: $1.52, without a cap."),
        (
            SpendingCaps(request: nil, job: 10_000, day: 1_000_000),
            "Today: $1.52 of $1.00, $0.00 left. At most $0.01 a job and day."
        ),
    ])
    func showsWhatIsLeft(_ caps: SpendingCaps, _ line: String) {
        #expect(Self.report(Self.rows, caps: caps).lines.contains(line))
    }

    @Test func showsCapsThatWereMet() throws {
        var report = Self.report(Self.rows)
        let refusal = SpendingRefusal(.job, of: .calls, asked: 1, spent: 5, limit: 5)
        report.notices = [try #require(BudgetNotice(refusal, of: .job(id: 3, run: 1), dayStart: Self.now))]
        let message =
            "the job's limit of a day, 5 questions to models, is used up (5 so far; budget.calls.job raises it)"
        #expect(report.lines.contains("Held back today for [3] morning brief: \(message)."))
        #expect(report.rows.last?["held_back"] == [.string(message)])
        #expect(report.rows.last?["today_calls"] == 3)
    }

    @Test func showsSpansWithoutQuestions() {
        #expect(Self.report([], days: 1).lines.first == "No model was asked today.")
        #expect(Self.report([]).lines.first == "No model was asked in the last 7 days.")
    }

    @Test func givesRows() throws {
        let rows = Self.report(Self.rows).rows
        #expect(rows.count == 4)
        #expect(
            rows[1]
                == [
                    "type": "cost", "v": 1, "day": "2026-11-24", "job": ["id": 3, "name": "morning brief"],
                    "questions": 1, "input_tokens": 900, "cached_tokens": 0, "output_tokens": 120, "dollars": 0.0042,
                    "estimated": false,
                ])
        #expect(rows[0]["job"] == .null && rows[2]["job"]?["name"] == .null)
        let sum = try #require(rows.last)
        #expect(sum["type"] == "costs" && sum["dollars"] == 1.5542 && sum["today"] == 1.5242)
        #expect(sum["caps"] == ["request": 0.5, "job": 1, "day": 5])
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1.0k"), (999_949, "999.9k"), (999_950, "1.0M")])
    func shortensTokens(_ count: Int, _ text: String) { #expect(CostReport.tokens(count) == text) }
}
