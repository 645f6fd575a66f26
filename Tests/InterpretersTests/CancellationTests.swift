import Testing

@testable import Interpreters

@Suite("Ending a run by words") struct CancellationTests {
    @Test(arguments: [
        SentenceExample("stop the competitor prices run", #"{"intent":"cancel_run","job":"competitor prices"}"#),
        SentenceExample("abort the backup", #"{"intent":"cancel_run","job":"backup"}"#),
        SentenceExample("please abort the backup right now", #"{"intent":"cancel_run","job":"backup"}"#),
        SentenceExample("cancel the run of the weekly report", #"{"intent":"cancel_run","job":"weekly report"}"#),
        SentenceExample("kill the current run of the backup", #"{"intent":"cancel_run","job":"backup"}"#),
        SentenceExample("abort it", #"{"intent":"cancel_run","job":"it"}"#),
        SentenceExample("abort", #"{"intent":"cancel_run","job":"it"}"#),
        SentenceExample("stop that run", #"{"intent":"cancel_run","job":"it"}"#),
        SentenceExample("abort all reports", #"{"all":true,"intent":"cancel_run","job":"reports"}"#),
        SentenceExample("cancel all runs", #"{"all":true,"intent":"cancel_run","job":"everything"}"#),
        SentenceExample("abort 3", #"{"intent":"cancel_run","job":"3"}"#),
    ])
    func aRunThatIsUnderWay(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        SentenceExample("stop it", #"{"intent":"pause_job","job":"it"}"#),
        SentenceExample("stop the backup", #"{"intent":"pause_job","job":"backup"}"#),
        SentenceExample("cancel the backup", #"{"intent":"delete_job","job":"backup"}"#),
        SentenceExample("cancel the next backup run", #"{"intent":"snooze_job","job":"backup"}"#),
        SentenceExample("stop everything", #"{"intent":"pause_scheduler"}"#),
        SentenceExample(
            "abort the backup after 5 minutes",
            #"{"intent":"update_job","job":"backup","policies":{"timeout":"5m"}}"#),
    ])
    func otherWordsKeepTheirMeaning(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: ["cancel monday's run", "cancel my 7am run", "stop the backup run until monday"])
    func anotherRunIsNotTheCurrentOne(_ text: String) {
        #expect(!OfflineInterpreter().read(text).intents.contains { $0.name == "cancel_run" })
    }

    @Test func aJobThatIsCalledARunIsMeantByItsName() {
        let interpreter = OfflineInterpreter()
        #expect(interpreter.read("stop the morning run").intents.map(\.name) == ["cancel_run"])
        let known = interpreter.read("stop the morning run", jobs: ["Morning run"]).intents
        #expect(known.map(\.name) == ["pause_job"])
        #expect(known.first?.job?.words == "morning run")
    }
}
