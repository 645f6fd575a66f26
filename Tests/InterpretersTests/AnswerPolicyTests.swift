import IntentContract
import JobModel
import Testing

@testable import Interpreters

@Suite("The grammar: answers that are used again")
struct AnswerPolicyTests {
    static let clauses = [
        ("reuse answers for a day", "1d"),
        ("reuse the answer for up to 2 hours", "2h"),
        ("re-use the model's answers for a week", "7d"),
        ("cache answers for half an hour", "30m"),
        ("cache its replies for at most 90 minutes", "90m"),
        ("keep answers for 6 hours", "6h"),
        ("keep the model's answer for 12 hours if nothing has changed", "12h"),
        ("remember answers for 3 days", "3d"),
        ("use the same answer again within 45 minutes", "45m"),
        ("let it reuse answers for a day", "1d"),
        ("it may reuse its answers for 2 days", "2d"),
        ("answers may be reused for an hour", "1h"),
        ("answers can be cached for up to 30s", "30s"),
        ("its answers stay good for a day", "1d"),
        ("don't ask the same question twice within 4 hours", "4h"),
        ("don't ask the model again for a day unless something changed", "1d"),
        ("don't ask again when nothing has changed", "30d"),
        ("don't ask again if nothing changed", "30d"),
        ("do not ask the model again while the page is the same", "30d"),
        ("never ask the model twice for the same input", "30d"),
        ("if nothing has changed, don't ask the model again", "30d"),
        ("don't ask again unless the input has changed", "30d"),
        ("don't ask the model again until something is new", "30d"),
        ("only ask the model when something has changed", "30d"),
        ("ask the model only if the page changed", "30d"),
        ("never ask the same question twice", "30d"),
        ("reuse answers", "30d"),
        ("reuse the last answer if the input is unchanged", "30d"),
        ("keep the old answer as long as nothing changes", "30d"),
        ("if there is nothing new, use the last answer", "30d"),
        ("never reuse answers", "never"),
        ("don't cache the answers", "never"),
        ("never use an old answer twice", "never"),
        ("without cached answers", "never"),
        ("always ask the model again", "never"),
        ("ask the model anew every time", "never"),
    ].map { PolicyExample($0, #"{"reuse_answers":"\#($1)"}"#) }

    @Test(arguments: clauses)
    func standsBehindANewPrompt(_ example: PolicyExample) throws {
        let job = #"{"action":{"text":"summarize the tickets","type":"prompt"},"intent":"create_job","#
        let intent = #"\#(job)"policies":\#(example.policies),"when":"every hour"}"#
        try expectReading(SentenceExample("every hour summarize the tickets, \(example.words)", intent))
        try expectReading(SentenceExample("summarize the tickets every hour and \(example.words)", intent))
    }

    @Test(arguments: [
        SentenceExample("reuse answers of the brief for a day", brief("1d")),
        SentenceExample("reuse the answers for the brief for 6 hours", brief("6h")),
        SentenceExample("for the brief, keep answers for 6 hours", brief("6h")),
        SentenceExample("let the brief reuse its answers for 2 days", brief("2d")),
        SentenceExample("the brief may reuse answers for an hour", brief("1h")),
        SentenceExample("the brief: don't ask again when nothing has changed", brief("30d")),
        SentenceExample("the brief should never reuse answers", brief("never")),
        SentenceExample("never reuse answers of the brief", brief("never")),
        SentenceExample("stop reusing answers for the brief", brief("never")),
        SentenceExample(
            "keep answers for 6 hours", #"{"intent":"update_job","job":"it","policies":{"reuse_answers":"6h"}}"#),
        SentenceExample(
            "retry the brief 3 times and reuse its answers for a day",
            #"{"intent":"update_job","job":"brief","policies":{"retries":3,"reuse_answers":"1d"}}"#),
    ])
    func changeJobsThatExist(_ example: SentenceExample) throws { try expectReading(example) }

    private static func brief(_ span: String) -> String {
        #"{"intent":"update_job","job":"brief","policies":{"reuse_answers":"\#(span)"}}"#
    }

    /// Words that sound like it and are the person's own, or mean something else.
    @Test(arguments: [
        SentenceExample(
            "every weekday at 9 summarize the answers of the survey",
            #"{"action":{"text":"summarize the answers of the survey","type":"prompt"},"intent":"create_job","when":"every weekday at 9"}"#
        ),
        SentenceExample(
            "every day at 9 remind me to keep answers for 6 hours",
            #"{"action":{"text":"keep answers for 6 hours","type":"notify"},"intent":"create_job","when":"every day at 9"}"#
        ),
        SentenceExample(
            "remind me tomorrow at 9 not to ask again if nothing has changed",
            #"{"action":{"text":"not to ask again if nothing has changed","type":"notify"},"intent":"create_job","when":"tomorrow at 9"}"#
        ),
    ])
    func staysWhatItWas(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: ["don't ask me again", "never ask again", "keep the answers", "don't ask again"])
    func isAboutSomethingElse(_ words: String) {
        let intents = OfflineInterpreter().read(words).intents
        #expect(!intents.contains { if case .updateJob(let body) = $0 { body.policies != nil } else { false } })
    }
}
