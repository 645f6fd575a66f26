import Testing

@testable import Interpreters

@Suite("A day that owns a job") struct PossessiveDayTests {
    @Test(arguments: [
        SentenceExample(
            "skip tomorrow's piano practice", #"{"intent":"snooze_job","job":"piano practice","until":"tomorrow"}"#),
        SentenceExample(
            "skip tommorow's piano practice", #"{"intent":"snooze_job","job":"piano practice","until":"tomorrow"}"#),
        SentenceExample("skip tomorrow’s yoga", #"{"intent":"snooze_job","job":"yoga","until":"tomorrow"}"#),
        SentenceExample(
            "why did last night's import fail",
            #"{"intent":"job_history","job":"import","outcome":"failed","span":"last night"}"#),
        SentenceExample(
            "did yesterday's export run", #"{"intent":"job_history","job":"export","span":"yesterday"}"#),
    ])
    func saysWhich(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        SentenceExample("skip the children's lunch", #"{"intent":"snooze_job","job":"children's lunch"}"#),
        SentenceExample("pause monday's review", #"{"intent":"pause_job","job":"monday's review"}"#),
        SentenceExample("did Ana's export run", #"{"intent":"job_history","job":"Ana's export"}"#),
    ])
    func otherOwnersAreParts(_ example: SentenceExample) throws { try expectReading(example) }
}
