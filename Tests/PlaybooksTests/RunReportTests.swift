import Foundation
import JobModel
import Playbooks
import Templates
import Testing

@Suite("Putting runs into words")
struct RunReportTests {
    private let ops = Recipient("telegram/ops")
    private let mail = Recipient("email")

    /// Runs the job for real, three seconds a step, and reports on it.
    private func report(
        _ job: Job, _ table: [String: StepResult] = [:], late: Bool = false, took: TimeInterval = 3
    ) async -> RunReport {
        let time = ManualTime()
        let executor = TableExecutor(table, time: time, took: took)
        let run = run(late: late)
        let result = await PlaybookRunner(executor: executor, time: time).run(run, of: job)
        return RunReport(job: job, run: run, result: result, now: time.now, zone: "Europe/Berlin")
    }

    private func texts(_ report: RunReport) -> [String] {
        (report.deliveries + report.notices).flatMap { message in message.recipients.map { "\($0): \(message.text)" } }
    }

    @Test func tellsAReminderInItsWords() async {
        let report = await report(job(steps: [tell("stand up")], delivery: [mail]))
        #expect(report.line == "stand up")
        #expect(texts(report) == ["email: stand up"])
        #expect(report.outcome.state == .succeeded && report.outcome.message == "stand up")
    }

    @Test func marksWhatIsLate() async {
        let report = await report(job(steps: [tell("stand up")], delivery: [mail]), late: true)
        #expect(report.line == "stand up (late: was due Fri 27 Mar 09:00)")
        #expect(texts(report) == ["email: stand up (late: was due Fri 27 Mar 09:00)"])
    }

    @Test(arguments: [
        ("", 3.0, "Backup done (exit 0, 3 s)"), ("", 0, "Backup done (exit 0)"),
        ("12 files", 3, "Backup done (exit 0, 3 s): 12 files"), ("a\nb", 3, "Backup done (exit 0, 3 s): a (+1 line)"),
        ("a\n\nb\nc", 65, "Backup done (exit 0, 1 min 5 s): a (+2 lines)"),
        ("", 3900, "Backup done (exit 0, 1 h 5 min)"),
    ])
    func tellsOfAScript(_ output: String, _ took: TimeInterval, _ expected: String) async {
        let result = StepResult(text: output, exitCode: 0)
        #expect(await report(job(steps: [script("a")]), ["a": result], took: took).line == expected)
    }

    @Test func sendsTheResultOfAScript() async {
        let delivery = [mail]
        let full = await report(
            job(steps: [script("a")], delivery: delivery), ["a": StepResult(text: "x\ny", exitCode: 0)])
        #expect(texts(full) == ["email: x\ny"])
        let empty = await report(job(steps: [script("a")], delivery: delivery), ["a": StepResult(exitCode: 0)])
        #expect(texts(empty) == ["email: Backup done (exit 0, 3 s)"])
    }

    @Test(arguments: [
        (StepResult(exitCode: 1, error: "exit 1: disk full"), "(exit 1, 3 s): disk full", "(exit 1): disk full"),
        (StepResult(exitCode: 1, error: "exit 1"), "(exit 1, 3 s)", "(exit 1)"),
        (StepResult(status: 503, error: "HTTP 503"), "(HTTP 503, 3 s)", "(HTTP 503)"),
        (StepResult(exitCode: 137, error: "killed by signal 9"), "(3 s): killed by signal 9", ": killed by signal 9"),
        (StepResult(error: "no answer"), "(3 s): no answer", ": no answer"),
    ])
    func tellsOfAFailure(_ result: StepResult, _ line: String, _ notice: String) async {
        let report = await report(job(steps: [script("a")], delivery: [ops]), ["a": result])
        #expect(report.line == "Backup failed \(line)")
        let space = notice.hasPrefix(":") ? "" : " "
        #expect(texts(report) == ["telegram/ops: Backup failed\(space)\(notice)"])
        #expect(report.outcome.state == .failed && report.outcome.reason == result.error)
    }

    @Test func tellsOfTheFailingBackupAsInTheExample() async throws {
        let steps = [
            script("backup"),
            tell(
                "Backup failed (exit 1): disk full", to: "telegram/ops", when: try Condition(parsing: "backup failed")),
        ]
        let failure = ["backup": StepResult(exitCode: 1, error: "exit 1: disk full")]
        for delivery in [[], [ops]] {
            let report = await report(job(steps: steps, delivery: delivery), failure)
            #expect(report.line == "Backup failed at step 1 (exit 1, 3 s): disk full")
            #expect(texts(report) == ["telegram/ops: Backup failed (exit 1): disk full"])
        }
        let others = await report(job(steps: steps, delivery: [mail]), failure)
        #expect(
            texts(others) == [
                "telegram/ops: Backup failed (exit 1): disk full", "email: Backup failed (exit 1): disk full",
            ])
    }

    @Test func keepsQuietWhereTheConditionDoesNotHold() async throws {
        let steps = [script("fetch"), tell("cheap", when: try Condition(parsing: "fetch.number < 20"))]
        let dear = await report(job("Price", steps: steps, delivery: [mail]), ["fetch": StepResult(text: "25")])
        #expect(dear.line == "Price: nothing to tell (fetch.number < 20 does not hold)")
        #expect(texts(dear).isEmpty)
        let cheap = await report(job("Price", steps: steps, delivery: [mail]), ["fetch": StepResult(text: "15")])
        #expect(cheap.line == "cheap" && texts(cheap) == ["email: cheap"])
    }

    @Test func tellsAPromptInItsOwnWords() async {
        let step = Step(name: "p", action: .prompt(text: "sum up", gather: []))
        let report = await report(
            job(steps: [step], delivery: [mail]), ["sum up": StepResult(text: "two\nlines", note: "no model")],
            late: true)
        #expect(report.line == "two\nlines (no model)\n(late: was due Fri 27 Mar 09:00)")
        #expect(texts(report) == ["email: two\nlines (no model)\n(late: was due Fri 27 Mar 09:00)"])
    }

    @Test func saysNothingTwiceToTheSameRecipient() async {
        var steps = [tell("hello", to: "email"), tell("hello", to: "email")]
        steps[1].name = "again"
        let report = await report(job(steps: steps, delivery: [mail]))
        #expect(texts(report) == ["email: hello"])
    }
}
