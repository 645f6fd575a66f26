import Foundation
import JobModel
import Playbooks
import Testing

@Suite("Heartbeats") struct HeartbeatTests {
    private static let start = Date(timeIntervalSince1970: 1_774_598_400)  // Fri 27 Mar 09:00 in Berlin
    private let ops = Recipient("telegram/ops")

    /// What each of some runs comes to, an hour apart.
    private func told(_ values: [JSONValue?], texts: [String] = []) -> [RunOutcome] {
        var previous: Run?
        return values.enumerated().map { index, value in
            let now = Self.start + Double(index) * 3600
            let text = texts.indices.contains(index) ? texts[index] : ""
            let step = StepRun(
                runID: 1, index: 0, name: "check", state: .succeeded, attempt: 1, started: now,
                result: StepResult(text: text, value: value))
            let outcome = RunOutcome(state: .succeeded, output: text, message: "Watch done")
            let report = HeartbeatReport(
                job: job, result: RunResult(steps: [step]), previous: previous, now: now, zone: "Europe/Berlin")
            let told = report.told(outcome)
            previous = Run(
                jobID: 1, cause: .schedule, due: now, state: .succeeded, finished: now, output: told.output)
            return told
        }
    }

    private var job: Job {
        Job(
            name: "Watch", triggers: [], steps: [], delivery: [ops],
            provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: Self.start,
            playbook: PlaybookHeader(isHeartbeat: true))
    }

    private func alert(_ words: String, _ priority: String? = nil) -> JSONValue {
        ["status": "alert", "message": .string(words), "priority": priority.map(JSONValue.string) ?? .null]
    }

    @Test("keep quiet while all is well")
    func quiet() {
        let runs = told([["status": "ok", "message": "12 % used"], nil])
        #expect(runs.map(\.message) == [nil, nil] && runs.allSatisfy(\.deliveries.isEmpty))
        #expect(runs.map(\.output) == ["ok: 12 % used", "ok"])
    }

    @Test("tell an alert once, then its count every six hours, and its end once")
    func repeats() {
        let values =
            (0..<8).map { Optional(alert("disk at \(91 + $0).5 %", "high")) } + [["status": "ok"], ["status": "ok"]]
        let runs = told(values)
        #expect(
            runs.map(\.message) == [
                "Watch: alert (high): disk at 91.5 %", nil, nil, nil, nil, nil,
                "Watch: alert (high): disk at 97.5 % (7 times since Fri 27 Mar 09:00)", nil,
                "Watch: ok again (alert (high): disk at 98.5 %, 8 times since Fri 27 Mar 09:00)", nil,
            ])
        #expect(runs.map(\.deliveries.count) == [1, 0, 0, 0, 0, 0, 1, 0, 1, 0])
        #expect(runs[0].deliveries.first?.recipients == [ops])
        #expect(runs[1].output == "alert (high): disk at 92.5 %\n2 times since 2026-03-27T08:00:00Z")
    }

    @Test("tell another alert at once")
    func changes() {
        let runs = told([alert("disk full"), alert("disk full", "high"), alert("no memory"), alert("no memory")])
        #expect(
            runs.map(\.message) == [
                "Watch: alert: disk full", "Watch: alert (high): disk full", "Watch: alert: no memory", nil,
            ])
    }

    @Test("read what a model answers as JSON, and keep foreign words to one clean line")
    func answers() {
        let runs = told([nil, nil], texts: [#"{"status": "alert", "message": "a\u001b[31m\nb"}"#, "all fine"])
        #expect(runs[0].message == "Watch: alert: a")
        #expect(runs[1].message?.hasPrefix("Watch: ok again") == true)
    }

    @Test("leave failures to be told as any other")
    func failures() {
        let outcome = RunOutcome(state: .failed, reason: "exit 1", message: "Watch failed")
        let report = HeartbeatReport(
            job: job, result: RunResult(succeeded: false), previous: nil, now: Self.start, zone: "UTC")
        #expect(report.told(outcome) == outcome)
    }

    @Test("alert by their messages where no step says a status")
    func messages() {
        let message = OutgoingMessage(recipients: [ops], text: "404 again")
        let outcome = RunOutcome(state: .succeeded, message: "404 again", deliveries: [message])
        let report = HeartbeatReport(
            job: job, result: RunResult(messages: [message]), previous: nil, now: Self.start, zone: "UTC")
        #expect(report.told(outcome).message == "Watch: alert: 404 again")
        #expect(report.told(outcome).deliveries == [message])
    }
}
