import Testing

@testable import Interpreters

@Suite("Where results and notices go") struct ResultDeliveryTests {
    @Test(arguments: [
        SentenceExample(
            "every friday at 16:00 compare the bids and email me the table",
            #"{"action":{"text":"compare the bids","type":"prompt"},"deliver":["email"],"intent":"create_job","when":"every friday at 16:00"}"#
        ),
        SentenceExample(
            "every friday at 16:00 research cheap flights and message me the best ones on telegram",
            #"{"action":{"text":"research cheap flights","type":"prompt"},"deliver":["telegram"],"intent":"create_job","when":"every friday at 16:00"}"#
        ),
        SentenceExample(
            "every friday at 16:00 summarize the tickets and post the short summary to slack",
            #"{"action":{"text":"summarize the tickets","type":"prompt"},"deliver":["slack"],"intent":"create_job","when":"every friday at 16:00"}"#
        ),
        SentenceExample(
            "every day at 9 run scripts/report.sh and send me the output on matrix",
            #"{"action":{"path":"scripts/report.sh","type":"script"},"deliver":["matrix"],"intent":"create_job","when":"every day at 9"}"#
        ),
        SentenceExample(
            "every day at 9 run scripts/report.sh and email me a list",
            #"{"action":{"path":"scripts/report.sh","type":"script"},"deliver":["email"],"intent":"create_job","when":"every day at 9"}"#
        ),
    ])
    func resultsAreSentOn(_ example: SentenceExample) throws { try expectReading(example) }

    /// Nothing stands before that could bring it: the words are the reminder's own.
    @Test(arguments: [
        SentenceExample(
            "remind me at 9 to email Ana the table",
            #"{"action":{"text":"email Ana the table","type":"notify"},"intent":"create_job","when":"at 9"}"#),
        SentenceExample(
            "at 15:00 remind me to post the letters and message Tom",
            #"{"action":{"text":"post the letters and message Tom","type":"notify"},"intent":"create_job","when":"at 15:00"}"#
        ),
    ])
    func wordsOfAReminderStay(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        SentenceExample(
            "every day at 9 remind the support crew to rotate the pager",
            #"{"action":{"text":"rotate the pager","type":"notify"},"intent":"create_job","when":"every day at 9"}"#),
        SentenceExample(
            "tell the whole team at 14:00 that the lift is out",
            #"{"action":{"text":"the lift is out","type":"notify"},"intent":"create_job","when":"at 14:00"}"#),
        SentenceExample(
            "tell all of us every friday at 15:00 that it is cake time",
            #"{"action":{"text":"it is cake time","type":"notify"},"intent":"create_job","when":"every friday at 15:00"}"#
        ),
        SentenceExample(
            "whenever a deploy fails alert the night staff",
            #"{"action":{"text":"a deploy fails","type":"notify"},"event":"deploy.failed","intent":"create_job"}"#),
    ])
    func groupsAreToldInTheUsualWay(_ example: SentenceExample) throws { try expectReading(example) }
}
