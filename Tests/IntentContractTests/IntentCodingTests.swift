import JobModel
import Testing

@testable import IntentContract

@Suite("Intents as JSON")
struct IntentCodingTests {
    @Test(arguments: [
        (Intent.pauseJob(PauseJob(job: JobReference("report"))), #"{"intent":"pause_job","job":"report"}"#),
        (
            .pauseJob(PauseJob(job: JobReference("reports", all: true), until: "Monday")),
            #"{"all":true,"intent":"pause_job","job":"reports","until":"Monday"}"#
        ),
        (
            .jobHistory(JobHistory(outcome: "failed", span: "last night")),
            #"{"intent":"job_history","outcome":"failed","span":"last night"}"#
        ),
        (
            .updateJob(UpdateJob(job: JobReference("it"), newName: "Morning brief")),
            #"{"intent":"update_job","job":"it","new_name":"Morning brief"}"#
        ),
        (
            .createJob(CreateJob(event: "run.failed", eventJob: "backup", action: .notify("backup failed"))),
            #"{"action":{"text":"backup failed","type":"notify"},"deliver":[],"event":"run.failed","event_job":"backup","intent":"create_job"}"#
        ),
        (.undo(Undo()), #"{"intent":"undo"}"#),
    ])
    func writesAndReads(_ intent: Intent, _ json: String) throws {
        #expect(try JSONValue(encoding: intent).compactText == json)
        #expect(try JSONValue(parsing: json).decoded(as: Intent.self) == intent)
    }

    @Test func takesNullAndAbsentAlike() throws {
        let full = try JSONValue(parsing: #"{"intent":"pause_job","job":"report","all":null,"until":null}"#)
        #expect(try full.decoded(as: Intent.self) == .pauseJob(PauseJob(job: JobReference("report"))))
    }

    @Test(arguments: [
        #"{"intent":"sing"}"#, #"{"job":"report"}"#, #"{"intent":"pause_job"}"#, #"{"intent":"pause_job","job":3}"#,
        "[]",
    ])
    func refuses(_ json: String) {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: json).decoded(as: Intent.self) }
    }

    @Test func namesEachBodyOnce() {
        #expect(Set(Intent.bodies.map { $0.intentName }).count == Intent.bodies.count)
    }
}
