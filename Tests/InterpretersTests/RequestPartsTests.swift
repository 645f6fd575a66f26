import Testing

@testable import Interpreters

@Suite("Requests among other words") struct RequestPartsTests {
    @Test(arguments: [
        SentenceExample(
            "the weekly digest, send it to discord instead",
            #"{"deliver":["discord"],"intent":"update_job","job":"weekly digest"}"#),
        SentenceExample("the tax reminder, pause it", #"{"intent":"pause_job","job":"tax reminder"}"#),
        SentenceExample(
            "my tax reminder: move it to friday", #"{"intent":"update_job","job":"tax reminder","when":"friday"}"#),
        SentenceExample("that import job, run it now", #"{"intent":"run_job","job":"import"}"#),
    ])
    func theJobIsNamedFirst(_ example: SentenceExample) throws {
        try expectReading(example)
        #expect(OfflineInterpreter().read(example.text).certainty == .exact)
    }

    @Test(arguments: [
        SentenceExample("ok back now, resume everything", #"{"intent":"resume_scheduler"}"#),
        SentenceExample(
            "i am back from holiday, resume the water reminder", #"{"intent":"resume_job","job":"water reminder"}"#),
        SentenceExample(
            "sorry i overslept, what failed last night?",
            #"{"intent":"job_history","outcome":"failed","span":"last night"}"#),
        SentenceExample(
            "the fair is over, delete the fair countdown", #"{"intent":"delete_job","job":"fair countdown"}"#),
    ])
    func onePartIsARequest(_ example: SentenceExample) throws {
        try expectReading(example)
        #expect(OfflineInterpreter().read(example.text).certainty == .guess)
    }

    @Test(arguments: [
        SentenceExample(
            "skip the next two runs of the price scan", #"{"intent":"snooze_job","job":"price scan","until":"2 runs"}"#),
        SentenceExample(
            "omit the next 3 occurrences for the price scan",
            #"{"intent":"snooze_job","job":"price scan","until":"3 runs"}"#),
        SentenceExample(
            "skip the price scan for the next 4 times", #"{"intent":"snooze_job","job":"price scan","until":"4 runs"}"#),
        SentenceExample("skip the next two runs", #"{"intent":"snooze_job","job":"it","until":"2 runs"}"#),
        SentenceExample("skip the next run of the price scan", #"{"intent":"snooze_job","job":"price scan"}"#),
        SentenceExample("the price scan runs", #"{"intent":"job_history","job":"price scan"}"#),
    ])
    func severalRunsAreSkipped(_ example: SentenceExample) throws { try expectReading(example) }

    /// Slots in the middle of a rule leave the words behind them to the rule.
    @Test(arguments: [
        SentenceExample(
            "i am on Lisbon time", #"{"intent":"set_preference","name":"timezone","value":"Lisbon"}"#),
        SentenceExample(
            "call it Morning prices from now on", #"{"intent":"update_job","job":"it","new_name":"Morning prices"}"#),
    ])
    func wordsBehindASlot(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        SentenceExample(
            "for the next 4 days at 8am remind me to take the pill",
            #"{"action":{"text":"take the pill","type":"notify"},"intent":"create_job","when":"for the next 4 days at 8am"}"#
        ),
        SentenceExample(
            "remind me to take the pill at 8am for the next 4 days",
            #"{"action":{"text":"take the pill","type":"notify"},"intent":"create_job","when":"at 8am for the next 4 days"}"#
        ),
        SentenceExample(
            "for the next 4 days remind me to take the pill at 8am",
            #"{"action":{"text":"take the pill","type":"notify"},"intent":"create_job","when":"for the next 4 days at 8am"}"#
        ),
        SentenceExample(
            "4 times, every 15 minutes, remind me to stir the pot",
            #"{"action":{"text":"stir the pot","type":"notify"},"intent":"create_job","when":"4 times, every 15 minutes"}"#
        ),
    ])
    func endsAndCountsBelongToTheTime(_ example: SentenceExample) throws { try expectReading(example) }
}
