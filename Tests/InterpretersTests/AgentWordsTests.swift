import IntentContract
import Testing

@testable import Interpreters

@Suite("Orders to an agent") struct AgentWordsTests {
    @Test(arguments: [
        SentenceExample(
            "have an agent research competitor prices every morning",
            #"{"action":{"text":"research competitor prices","type":"agent"},"#
                + #""intent":"create_job","when":"every morning"}"#),
        SentenceExample(
            "every morning have an agent research competitor prices",
            #"{"action":{"text":"research competitor prices","type":"agent"},"#
                + #""intent":"create_job","when":"every morning"}"#),
        SentenceExample(
            "let the researcher agent check the logs in ~/logs every hour and tell me",
            #"{"action":{"arguments":["read:~/logs"],"name":"researcher","#
                + #""text":"check the logs in ~/logs","type":"agent"},"intent":"create_job","when":"every hour"}"#),
        SentenceExample(
            "every weekday at 9 have the researcher agent sum up https://news.example.test/ and send it to telegram",
            #"{"action":{"arguments":["get:https://news.example.test/"],"name":"researcher","#
                + #""text":"sum up https://news.example.test/","type":"agent"},"deliver":["telegram"],"#
                + #""intent":"create_job","when":"every weekday at 9"}"#),
    ])
    func makesAJobOfIt(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        "tell the estate agent to call me back tomorrow at 9", "have the travel agent book the train tomorrow at 9",
        "remind me to ask the researcher agent for the report tomorrow at 9", "ask the model to write a poem at 9am",
    ])
    func isNoOrderToAnAgent(_ text: String) {
        for case .createJob(let body) in OfflineInterpreter().read(text).intents {
            #expect(body.action.type != "agent")
        }
    }
}
