import IntentContract
import JobModel
import Testing

@testable import Interpreters

/// A sentence and the intents that it means, as compact JSON without nulls, names of jobs and empty deliveries.
struct SentenceExample: Sendable, CustomTestStringConvertible {
    var text: String
    var intents: [String]

    init(_ text: String, _ intents: String...) {
        self.text = text
        self.intents = intents
    }

    var testDescription: String { text }
}

func compact(_ intent: Intent) throws -> String {
    guard case .object(var members) = try JSONValue(encoding: intent).withoutNulls else { return "" }
    if ["create_job", "create_playbook"].contains(intent.name) { members["name"] = nil }
    if members["deliver"] == [] { members["deliver"] = nil }
    return JSONValue.object(members).compactText
}

func expectReading(_ example: SentenceExample, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let reading = OfflineInterpreter().read(example.text)
    let found = try reading.intents.map(compact)
    #expect(found == example.intents, sourceLocation: sourceLocation)
    #expect(reading.question == nil, sourceLocation: sourceLocation)
}

@Suite("The grammar: requests about jobs that exist")
struct ManagementReadingTests {
    @Test(arguments: [
        SentenceExample(
            "pause the invoice job until friday", #"{"intent":"pause_job","job":"invoice","until":"friday"}"#),
        SentenceExample("could you put the newsletter on hold please", #"{"intent":"pause_job","job":"newsletter"}"#),
        SentenceExample("pause all reports", #"{"all":true,"intent":"pause_job","job":"reports"}"#),
        SentenceExample("pause it", #"{"intent":"pause_job","job":"it"}"#),
        SentenceExample("skip tomorrow's standup", #"{"intent":"snooze_job","job":"standup","until":"tomorrow"}"#),
        SentenceExample("unpause the weekly digest", #"{"intent":"resume_job","job":"weekly digest"}"#),
        SentenceExample("switch the invoice job back on", #"{"intent":"resume_job","job":"invoice"}"#),
        SentenceExample("delete job 3", #"{"intent":"delete_job","job":"3"}"#),
        SentenceExample(
            "i don't need the dentist reminder anymore", #"{"intent":"delete_job","job":"dentist reminder"}"#),
        SentenceExample("please run the price scan right now", #"{"intent":"run_job","job":"price scan"}"#),
        SentenceExample(
            "rename the digest to News of the day",
            #"{"intent":"update_job","job":"digest","new_name":"News of the day"}"#),
        SentenceExample("move the standup to 10", #"{"intent":"update_job","job":"standup","when":"at 10"}"#),
        SentenceExample("push the standup to 11", #"{"intent":"update_job","job":"standup","when":"at 11"}"#),
        SentenceExample(
            "send the digest to discord instead", #"{"deliver":["discord"],"intent":"update_job","job":"digest"}"#),
        SentenceExample(
            "shift the standup by 30 minutes", #"{"intent":"update_job","job":"standup","when":"30 minutes later"}"#),
        SentenceExample(
            "move the report from monday to friday", #"{"intent":"update_job","job":"report","when":"friday"}"#),
        SentenceExample("cancel the 9am standup", #"{"intent":"delete_job","job":"9am standup"}"#),
        SentenceExample("skip the next one", #"{"intent":"snooze_job","job":"it"}"#),
        SentenceExample("snooze for an hour", #"{"intent":"snooze_job","job":"it","until":"for an hour"}"#),
        SentenceExample(
            "no gym reminder tomorrow", #"{"intent":"snooze_job","job":"gym reminder","until":"tomorrow"}"#),
        SentenceExample(
            "remove step 3 of the price watch",
            #"{"change":"remove","intent":"edit_playbook","job":"price watch","step":3}"#),
        SentenceExample(
            "add a step that runs scripts/save.sh to the price watch",
            #"{"action":{"path":"scripts/save.sh","type":"script"},"change":"add","intent":"edit_playbook","job":"price watch"}"#
        ),
        SentenceExample("do a dry run of the backup", #"{"intent":"test_job","job":"backup"}"#),
        SentenceExample("test it", #"{"intent":"test_job","job":"it"}"#),
    ])
    func reads(_ example: SentenceExample) throws { try expectReading(example) }
}

@Suite("The grammar: questions and steering")
struct QuestionReadingTests {
    @Test(arguments: [
        SentenceExample("what's scheduled?", #"{"intent":"list_jobs"}"#),
        SentenceExample("what's on for today?", #"{"intent":"forecast","span":"today"}"#),
        SentenceExample("is anything running?", #"{"intent":"scheduler_status"}"#),
        SentenceExample("what did this cost?", #"{"intent":"show_costs"}"#),
        SentenceExample("How much have I spent this week?", #"{"days":7,"intent":"show_costs"}"#),
        SentenceExample("how much did I spend on models so far today", #"{"days":1,"intent":"show_costs"}"#),
        SentenceExample("what has the model cost me this month?", #"{"days":31,"intent":"show_costs"}"#),
        SentenceExample("show me the costs", #"{"intent":"show_costs"}"#),
        SentenceExample("how much of my budget is left?", #"{"days":1,"intent":"show_costs"}"#),
        SentenceExample("show me everything that failed", #"{"intent":"job_history","outcome":"failed"}"#),
        SentenceExample("list paused jobs", #"{"filter":"paused","intent":"list_jobs"}"#),
        SentenceExample("when is the next backup?", #"{"intent":"show_job","job":"backup"}"#),
        SentenceExample("show me the invoice job", #"{"intent":"show_job","job":"invoice"}"#),
        SentenceExample("what failed last night?", #"{"intent":"job_history","outcome":"failed","span":"last night"}"#),
        SentenceExample("why did the export fail", #"{"intent":"job_history","job":"export","outcome":"failed"}"#),
        SentenceExample("last 3 runs of the export", #"{"intent":"job_history","job":"export","limit":3}"#),
        SentenceExample("what will run tomorrow", #"{"intent":"forecast","span":"tomorrow"}"#),
        SentenceExample("what's next?", #"{"intent":"forecast"}"#),
        SentenceExample("what does 30 4 * * 0 mean", #"{"expression":"30 4 * * 0","intent":"explain_schedule"}"#),
        SentenceExample("explain @weekly", #"{"expression":"@weekly","intent":"explain_schedule"}"#),
        SentenceExample("is the scheduler up?", #"{"intent":"scheduler_status"}"#),
        SentenceExample("pause everything", #"{"intent":"pause_scheduler"}"#),
        SentenceExample("go on", #"{"intent":"resume_scheduler"}"#),
        SentenceExample("approve 12", #"{"approval":12,"intent":"approve"}"#),
        SentenceExample("no, drop it", #"{"intent":"reject"}"#),
        SentenceExample("was the digest delivered?", #"{"intent":"list_deliveries","job":"digest"}"#),
        SentenceExample("done", #"{"intent":"acknowledge"}"#),
        SentenceExample("no messages until 8", #"{"intent":"mute","until":"at 8"}"#),
        SentenceExample(
            "set my time zone to Europe/Lisbon",
            #"{"intent":"set_preference","name":"timezone","value":"Europe/Lisbon"}"#),
        SentenceExample("use slack by default", #"{"intent":"set_preference","name":"deliver","value":"slack"}"#),
        SentenceExample("always p.m.", #"{"intent":"set_preference","name":"ambiguous_hour","value":"pm"}"#),
        SentenceExample("take that back", #"{"intent":"undo"}"#),
        SentenceExample("redo", #"{"intent":"redo"}"#),
        SentenceExample("help with playbooks", #"{"intent":"help","topic":"playbooks"}"#),
        SentenceExample("thank you so much!", #"{"intent":"chat"}"#),
    ])
    func reads(_ example: SentenceExample) throws { try expectReading(example) }
}

@Suite("The grammar: new jobs")
struct CreationReadingTests {
    @Test(arguments: [
        SentenceExample(
            "every weekday at 9 remind me to stand up",
            #"{"action":{"text":"stand up","type":"notify"},"intent":"create_job","when":"every weekday at 9"}"#),
        SentenceExample(
            "every day at 9 GET htp:/x",
            #"{"action":{"method":"GET","type":"http","url":"htp:/x"},"intent":"create_job","when":"every day at 9"}"#),
        SentenceExample(
            "remind me tomorrow at 8 to email the landlord",
            #"{"action":{"text":"email the landlord","type":"notify"},"intent":"create_job","when":"tomorrow at 8"}"#),
        SentenceExample(
            "weekly reminder: clean the coffee machine",
            #"{"action":{"text":"clean the coffee machine","type":"notify"},"intent":"create_job","when":"weekly"}"#),
        SentenceExample(
            "at 17:30 call Ana",
            #"{"action":{"text":"call Ana","type":"notify"},"intent":"create_job","when":"at 17:30"}"#),
        SentenceExample(
            "Every weekday at 9 summarize git commits from the last 24 hours and send it to telegram",
            #"{"action":{"text":"summarize git commits from the last 24 hours","type":"prompt"},"deliver":["telegram"],"intent":"create_job","when":"Every weekday at 9"}"#
        ),
        SentenceExample(
            "fridays at 16:00 draft the weekly recap and mail it to me",
            #"{"action":{"text":"draft the weekly recap","type":"prompt"},"deliver":["email"],"intent":"create_job","when":"fridays at 16:00"}"#
        ),
        SentenceExample(
            "run scripts/clean_tmp.sh every Sunday at midnight",
            #"{"action":{"path":"scripts/clean_tmp.sh","type":"script"},"intent":"create_job","when":"every Sunday at midnight"}"#
        ),
        SentenceExample(
            "run scripts/x.sh --fast",
            #"{"action":{"arguments":["--fast"],"path":"scripts/x.sh","type":"script"},"intent":"create_job"}"#),
        SentenceExample(
            "every hour hit https://api.example.test/warm",
            #"{"action":{"method":"GET","type":"http","url":"https://api.example.test/warm"},"intent":"create_job","when":"every hour"}"#
        ),
        SentenceExample(
            "every 6 hours run the trend analyzer",
            #"{"action":{"name":"trend analyzer","type":"playbook"},"intent":"create_job","when":"every 6 hours"}"#),
        SentenceExample(
            "whenever a build fails tell ops on telegram",
            #"{"action":{"text":"a build fails","type":"notify"},"deliver":["telegram/ops"],"event":"build.failed","intent":"create_job"}"#
        ),
        SentenceExample(
            "if the backup fails, tell me",
            #"{"action":{"text":"the backup fails","type":"notify"},"event":"run.failed","event_job":"backup","intent":"create_job"}"#
        ),
        SentenceExample(
            "when a pull request is opened on github start a chat: review {{event.title}}",
            #"{"action":{"text":"review {{event.title}}","type":"prompt"},"event":"github.pull_request.opened","intent":"create_job"}"#
        ),
    ])
    func reads(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        (
            "watch https://shop.example.test/price every morning and email me if it drops below 20",
            ["fetch.number < 20"]
        ),
        ("every hour GET https://a.example.test/ready and alert me if it isn't 200", ["fetch.status != 200"]),
        (
            "every day at 7:00 check https://rail.example.test/s1 and if it says delayed tell me",
            [#"fetch contains "delayed""#]
        ),
        ("every night at 23:00 run backup.sh and tell ops on telegram if it fails", ["backup failed"]),
        ("every day at 9 run a.sh, then run b.sh", []),
        ("when order.paid arrives, if the total is over 500 tell me on slack", ["event.total > 500"]),
        (
            "every weekday at 18:00 run deploy.sh unless https://s.example.test says incident",
            [#"not fetch contains "incident""#]
        ),
        ("every hour check https://a.example.test/page and tell me if it changes", ["fetch changed"]),
        ("hourly run scripts/disk.sh and only if it prints more than 90 ping me", ["disk.number > 90"]),
        ("when order.paid arrives and the total is over 1000 tell me on slack", ["event.total > 1000"]),
        ("when order.paid arrives with a total above 500 tell me on slack", ["event.total > 500"]),
        ("when order.paid arrives with total > 500 tell me on slack", ["event.total > 500"]),
        ("run scripts/check.sh every hour and tell me if it exits with 2", ["check.exit_code == 2"]),
        (
            "every day at 9 run a.sh and if it says done tell me on slack, otherwise email me",
            [#"a contains "done""#, #"not a contains "done""#]
        ),
    ])
    func readsConditions(_ text: String, _ conditions: [String]) throws {
        let reading = OfflineInterpreter().read(text)
        guard case .createPlaybook(let body)? = reading.intents.first else {
            Issue.record("no playbook: \(reading)")
            return
        }
        #expect(body.steps.compactMap(\.when) == conditions)
        #expect(Set(body.steps.map(\.name)).count == body.steps.count)
    }

    @Test(arguments: [
        ("remind me to renew the insurance", Question.About.missingTime),
        ("every day at 61:00 remind me to stretch", .missingTime),
        ("set up a job that runs scripts/x.sh", .missingTime),
        ("Monitor competitor prices daily and alert me if they drop below ours", .missingMeasure),
        ("check it every hour and alert me if it gets too high", .missingMeasure),
        ("alert me if cpu load goes over 4", .missingTime),
        ("when I get home remind me to water the plants", .missingMeasure),
        ("remind me at 7:30", .other),
        ("every morning at 8 remind me to take an umbrella if it rains", .missingMeasure),
    ])
    func asks(_ text: String, _ about: Question.About) {
        let reading = OfflineInterpreter().read(text)
        #expect(reading.question?.about == about)
        #expect(reading.certainty == .guess)
    }

    @Test(arguments: [
        "blue potato", "asdf qwer", "delete", "12", "the the the", "yes", "standup nagging wanted, 9 on workdays",
    ])
    func understandsNothing(_ text: String) {
        let reading = OfflineInterpreter().read(text)
        #expect(reading.certainty == .none)
        #expect(reading.intents.isEmpty)
        #expect(reading.remark?.isEmpty == false)
    }
}

@Suite("The grammar: several requests, slips and corrections")
struct SentenceReadingTests {
    @Test(arguments: [
        SentenceExample(
            "pause the report and run the backup now", #"{"intent":"pause_job","job":"report"}"#,
            #"{"intent":"run_job","job":"backup"}"#),
        SentenceExample(
            "delete the standup and show me whats scheduled", #"{"intent":"delete_job","job":"standup"}"#,
            #"{"intent":"list_jobs"}"#),
        SentenceExample(
            "pause the backup and show it", #"{"intent":"pause_job","job":"backup"}"#,
            #"{"intent":"show_job","job":"backup"}"#),
        SentenceExample(
            "remind me at 17:30 to call Ana, and every monday at 8 remind me to plan the week",
            #"{"action":{"text":"call Ana","type":"notify"},"intent":"create_job","when":"at 17:30"}"#,
            #"{"action":{"text":"plan the week","type":"notify"},"intent":"create_job","when":"every monday at 8"}"#),
        SentenceExample(
            "every day at 8 remind me to feed the cat and water the plants",
            #"{"action":{"text":"feed the cat and water the plants","type":"notify"},"intent":"create_job","when":"every day at 8"}"#
        ),
    ])
    func readsSeveral(_ example: SentenceExample) throws { try expectReading(example) }

    @Test(arguments: [
        "remnd me at 17:30 to call Ana", "cancel my dentist reminder, appointment is off", "puase the backup",
    ])
    func guessesWhereSomethingWasMended(_ text: String) {
        let reading = OfflineInterpreter().read(text)
        #expect(reading.intents.count == 1)
        #expect(reading.certainty == .guess)
    }

    @Test(arguments: [
        ("remind", "remnd", true), ("pause", "puase", true), ("delete", "delet", true), ("remind", "rewind", true),
        ("pause", "house", false),
        ("pause", "pause", false), ("summarize", "sumarise", false),
    ])
    func tellsOneSlip(_ right: String, _ word: String, _ isSlip: Bool) {
        #expect(Mending.isOneSlip(word, from: right) == isSlip)
    }
}
