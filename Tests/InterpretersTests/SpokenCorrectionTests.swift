import Testing

@testable import Interpreters

@Suite("Times that are corrected while speaking") struct SpokenCorrectionTests {
    @Test(arguments: [
        SentenceExample(
            "every monday, no, every tuesday at 8:10 remind me to water the ferns",
            #"{"action":{"text":"water the ferns","type":"notify"},"intent":"create_job","when":"every monday, no, every tuesday at 8:10"}"#
        ),
        SentenceExample(
            "at 9, sorry, at 10 call the plumber",
            #"{"action":{"text":"call the plumber","type":"notify"},"intent":"create_job","when":"at 9, sorry, at 10"}"#
        ),
        SentenceExample(
            "remind me tomorrow, i mean on friday at 8, to renew the passport",
            #"{"action":{"text":"renew the passport","type":"notify"},"intent":"create_job","when":"tomorrow, i mean on friday at 8"}"#
        ),
        SentenceExample(
            "every 20 minutes, hang on, no, every 30 minutes run scripts/scan.sh",
            #"{"action":{"path":"scripts/scan.sh","type":"script"},"intent":"create_job","when":"every 20 minutes, hang on, no, every 30 minutes"}"#
        ),
        SentenceExample(
            "daily at 7, no, at 8, oh wait, at 9 run scripts/scan.sh",
            #"{"action":{"path":"scripts/scan.sh","type":"script"},"intent":"create_job","when":"daily at 7, no, at 8, oh wait, at 9"}"#
        ),
        SentenceExample(
            "at 9, make that 10, call Bob",
            #"{"action":{"text":"call Bob","type":"notify"},"intent":"create_job","when":"at 9, make that 10"}"#),
        SentenceExample(
            "every day at 7, make it 8:30, run scripts/sync.sh",
            #"{"action":{"path":"scripts/sync.sh","type":"script"},"intent":"create_job","when":"every day at 7, make it 8:30"}"#
        ),
        SentenceExample(
            "move the standup to 10, no wait, 10:30", #"{"intent":"update_job","job":"standup","when":"10:30"}"#),
        SentenceExample("push the review to 11, sorry, 12", #"{"intent":"update_job","job":"review","when":"at 12"}"#),
        SentenceExample(
            "move the choir to friday, or rather saturday",
            #"{"intent":"update_job","job":"choir","when":"friday, or rather saturday"}"#),
        SentenceExample(
            "pause the report until monday, actually tuesday",
            #"{"intent":"pause_job","job":"report","until":"monday, actually tuesday"}"#),
    ])
    func areOneTime(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        SentenceExample(
            "remind me to tell Tom no at 9",
            #"{"action":{"text":"tell Tom no","type":"notify"},"intent":"create_job","when":"at 9"}"#),
        SentenceExample(
            "every day at 8 remind me to say sorry to Ana",
            #"{"action":{"text":"say sorry to Ana","type":"notify"},"intent":"create_job","when":"every day at 8"}"#),
        SentenceExample(
            "remind me at 9 to make that 10 minute call",
            #"{"action":{"text":"make that 10 minute call","type":"notify"},"intent":"create_job","when":"at 9"}"#),
        SentenceExample(
            "remind me at 9 to make it to the gym by 10",
            #"{"action":{"text":"make it to the gym by 10","type":"notify"},"intent":"create_job","when":"at 9"}"#),
        SentenceExample(
            "no, at 9 remind me to stretch",
            #"{"action":{"text":"stretch","type":"notify"},"intent":"create_job","when":"at 9"}"#),
    ])
    func takeNothingFromTheWordsOfAReminder(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        SentenceExample("pause the scan, no wait, delete the scan", #"{"intent":"delete_job","job":"scan"}"#),
        SentenceExample(
            "remind me at 8 to call Ana, scratch that, pause the digest", #"{"intent":"pause_job","job":"digest"}"#),
    ])
    func aWholeRequestIsTakenBackAsAGuess(_ example: SentenceExample) throws {
        try expectReading(example)
        #expect(OfflineInterpreter().read(example.text).certainty == .guess)
    }
}
