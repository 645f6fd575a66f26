import IntentContract
import JobModel
import Testing

@testable import Interpreters

/// Words about policies and what they set, as compact JSON.
struct PolicyExample: Sendable, CustomTestStringConvertible {
    var words: String
    var policies: String

    init(_ words: String, _ policies: String) {
        self.words = words
        self.policies = policies
    }

    var testDescription: String { words }
}

@Suite("The grammar: policies")
struct PolicyReadingTests {
    static let clauses: [PolicyExample] = retries + limits + starts + ranks

    static let retries = [
        PolicyExample("retry 3 times", #"{"retries":3}"#),
        PolicyExample("try it up to 3 more times if it fails", #"{"retries":3}"#),
        PolicyExample("try it up to 3 times", #"{"retries":2}"#),
        PolicyExample("try again twice if it fails", #"{"retries":2}"#),
        PolicyExample("if it fails, retry once", #"{"retries":1}"#),
        PolicyExample("retry if it fails", #"{"retries":3}"#),
        PolicyExample("with 3 attempts", #"{"retries":2}"#),
        PolicyExample("without retries", #"{"retries":0}"#),
        PolicyExample("don't retry", #"{"retries":0}"#),
        PolicyExample(
            "3 retries, 10 seconds apart",
            #"{"retries":3,"retry_base":"10s","retry_cap":"10s","retry_factor":1,"retry_jitter":"none"}"#),
        PolicyExample(
            "retry 2 times with half an hour in between",
            #"{"retries":2,"retry_base":"30m","retry_cap":"30m","retry_factor":1,"retry_jitter":"none"}"#),
        PolicyExample(
            "4 retries with exponential backoff", #"{"retries":4,"retry_factor":2,"retry_jitter":"full"}"#),
        PolicyExample("retry only on temporary errors", #"{"retry_on":"passing"}"#),
    ]

    static let limits = [
        PolicyExample("give up after 5 minutes", #"{"timeout":"5m"}"#),
        PolicyExample("with a timeout of 30 s", #"{"timeout":"30s"}"#),
        PolicyExample("time limit 20s", #"{"timeout":"20s"}"#),
        PolicyExample("it may take at most 10 minutes", #"{"timeout":"10m"}"#),
        PolicyExample("stop it after 2 hours", #"{"timeout":"2h"}"#),
        PolicyExample("kill it if it runs longer than an hour and a half", #"{"timeout":"90m"}"#),
        PolicyExample("it must finish within two and a half hours", #"{"timeout":"150m"}"#),
        PolicyExample("pause it after 3 failures in a row", #"{"pause_after":3}"#),
        PolicyExample("if it fails 5 times in a row, pause it", #"{"pause_after":5}"#),
        PolicyExample("never pause it by itself", #"{"pause_after":0}"#),
    ]

    static let starts = [
        PolicyExample("if missed, skip it", #"{"missed":"skip"}"#),
        PolicyExample("skip missed runs", #"{"missed":"skip"}"#),
        PolicyExample("if a run is missed, catch up once", #"{"missed":"once"}"#),
        PolicyExample("catch up on all missed runs", #"{"missed":"all"}"#),
        PolicyExample("make up for every missed run, at most 5", #"{"missed":"all","missed_cap":5}"#),
        PolicyExample("if it was missed by more than an hour, skip it", #"{"missed_window":"1h"}"#),
        PolicyExample("skip it if it is more than 2 hours late", #"{"missed_window":"2h"}"#),
        PolicyExample("never two at once", #"{"overlap":"skip"}"#),
        PolicyExample("only one at a time", #"{"overlap":"skip"}"#),
        PolicyExample("if it's still running, skip it", #"{"overlap":"skip"}"#),
        PolicyExample("if the previous run is still going, wait", #"{"overlap":"queue-one"}"#),
        PolicyExample("if it is still running, stop the old one", #"{"overlap":"cancel-other"}"#),
        PolicyExample("let runs overlap", #"{"overlap":"allow"}"#),
        PolicyExample("queue one", #"{"overlap":"queue-one"}"#),
        PolicyExample("at most 2 at a time", #"{"parallel":2}"#),
    ]

    static let ranks = [
        PolicyExample("with high priority", #"{"priority":"high"}"#),
        PolicyExample("this is critical", #"{"priority":"critical"}"#),
        PolicyExample("low priority", #"{"priority":"low"}"#),
        PolicyExample("at most once", #"{"guarantee":"at-most-once"}"#),
        PolicyExample("never run it twice", #"{"guarantee":"at-most-once"}"#),
        PolicyExample("at least once", #"{"guarantee":"at-least-once"}"#),
        PolicyExample("in the group database", #"{"group":"database"}"#),
        PolicyExample("only one of the group database at a time", #"{"group":"database"}"#),
        PolicyExample("adapt it between 10 minutes and 6 hours", #"{"adaptive":"10m..6h"}"#),
        PolicyExample("let it adapt between 90 seconds and half a day", #"{"adaptive":"90s..12h"}"#),
    ]

    @Test(arguments: clauses)
    func standsBehindANewJob(_ example: PolicyExample) throws {
        let job = #"{"action":{"path":"scripts/sync.py","type":"script"},"intent":"create_job","#
        let intent = #"\#(job)"policies":\#(example.policies),"when":"every hour"}"#
        try expectReading(SentenceExample("every hour run scripts/sync.py, \(example.words)", intent))
        try expectReading(SentenceExample("run scripts/sync.py every hour and \(example.words)", intent))
    }

    @Test(arguments: [
        SentenceExample(
            "retry the backup 3 times", #"{"intent":"update_job","job":"backup","policies":{"retries":3}}"#),
        SentenceExample(
            "retry the backup 3 times and give up after 5 minutes",
            #"{"intent":"update_job","job":"backup","policies":{"retries":3,"timeout":"5m"}}"#),
        SentenceExample(
            "make the report low priority", #"{"intent":"update_job","job":"report","policies":{"priority":"low"}}"#),
        SentenceExample(
            "give the backup high priority and 2 retries",
            #"{"intent":"update_job","job":"backup","policies":{"priority":"high","retries":2}}"#),
        SentenceExample(
            "the sync may take at most 10 minutes",
            #"{"intent":"update_job","job":"sync","policies":{"timeout":"10m"}}"#),
        SentenceExample(
            "pause the backup after 3 failures in a row",
            #"{"intent":"update_job","job":"backup","policies":{"pause_after":3}}"#),
        SentenceExample(
            "make the backup retry twice", #"{"intent":"update_job","job":"backup","policies":{"retries":2}}"#),
        SentenceExample(
            "skip missed runs of the report",
            #"{"intent":"update_job","job":"report","policies":{"missed":"skip"}}"#),
        SentenceExample(
            "for the report, catch up on all missed runs",
            #"{"intent":"update_job","job":"report","policies":{"missed":"all"}}"#),
        SentenceExample(
            "the backup: without retries", #"{"intent":"update_job","job":"backup","policies":{"retries":0}}"#),
        SentenceExample(
            "set the backup's priority to low",
            #"{"intent":"update_job","job":"backup","policies":{"priority":"low"}}"#),
        SentenceExample(
            "take the backup out of its group", #"{"intent":"update_job","job":"backup","policies":{"group":"none"}}"#),
        SentenceExample(
            "stop adapting the price watch",
            #"{"intent":"update_job","job":"price watch","policies":{"adaptive":"off"}}"#),
        SentenceExample(
            "from now on, skip missed runs of the report",
            #"{"intent":"update_job","job":"report","policies":{"missed":"skip"}}"#),
        SentenceExample("retry it 3 times", #"{"intent":"update_job","job":"it","policies":{"retries":3}}"#),
        SentenceExample(
            "rename the backup to Nightly and retry it 3 times",
            #"{"intent":"update_job","job":"backup","new_name":"Nightly","policies":{"retries":3}}"#),
        SentenceExample(
            "pause the report and retry it 3 times", #"{"intent":"pause_job","job":"report"}"#,
            #"{"intent":"update_job","job":"report","policies":{"retries":3}}"#),
    ])
    func changeJobsThatExist(_ example: SentenceExample) throws { try expectReading(example) }

    /// Where else the clauses may stand.
    @Test(arguments: [
        SentenceExample(
            "with 3 retries run scripts/sync.py every hour",
            #"{"action":{"path":"scripts/sync.py","type":"script"},"intent":"create_job","policies":{"retries":3},"when":"every hour"}"#
        ),
        SentenceExample(
            "with 3 retries and with high priority, run scripts/sync.py every hour",
            #"{"action":{"path":"scripts/sync.py","type":"script"},"intent":"create_job","policies":{"priority":"high","retries":3},"when":"every hour"}"#
        ),
        SentenceExample(
            "every day at 9 remind me to say “a  b”, with high priority; if missed, skip it",
            #"{"action":{"text":"say “a  b”","type":"notify"},"intent":"create_job","policies":{"missed":"skip","priority":"high"},"when":"every day at 9"}"#
        ),
        SentenceExample(
            "every hour at low priority run scripts/sync.py",
            #"{"action":{"path":"scripts/sync.py","type":"script"},"intent":"create_job","policies":{"priority":"low"},"when":"every hour"}"#
        ),
        SentenceExample(
            "run scripts/sync.py with a timeout of 5 minutes every night",
            #"{"action":{"path":"scripts/sync.py","type":"script"},"intent":"create_job","policies":{"timeout":"5m"},"when":"every night"}"#
        ),
        SentenceExample(
            "every hour run the price scan at high priority",
            #"{"action":{"name":"price scan","type":"playbook"},"intent":"create_job","policies":{"priority":"high"},"when":"every hour"}"#
        ),
        SentenceExample(
            "every hour run scripts/sync.py; retry the sync 3 times",
            #"{"action":{"path":"scripts/sync.py","type":"script"},"intent":"create_job","policies":{"retries":3},"when":"every hour"}"#
        ),
        SentenceExample(
            "every day at 9 remind me to stretch; if missed, skip it",
            #"{"action":{"text":"stretch","type":"notify"},"intent":"create_job","policies":{"missed":"skip"},"when":"every day at 9"}"#
        ),
        SentenceExample(
            "every friday at 9 draft the recap and send it to slack, with high priority",
            #"{"action":{"text":"draft the recap","type":"prompt"},"deliver":["slack"],"intent":"create_job","policies":{"priority":"high"},"when":"every friday at 9"}"#
        ),
    ])
    func standElsewhere(_ example: SentenceExample) throws { try expectReading(example) }

    @Test("A condition keeps the order that follows the retries") func keepsTheCondition() throws {
        let reading = OfflineInterpreter().read(
            "every night at 2am run backup.sh; if it fails, retry 3 times and tell ops on telegram")
        guard case .createPlaybook(let body)? = reading.intents.first else {
            Issue.record("no playbook")
            return
        }
        #expect(body.policies == PolicyChange.setting(\.retries, 3))
        #expect(body.steps.map(\.when) == [nil, "backup failed"])
        let other = OfflineInterpreter().read(
            "every night at 2am run backup.sh and tell me on slack if it fails, 2 retries")
        guard case .createPlaybook(let playbook)? = other.intents.first else {
            Issue.record("no playbook")
            return
        }
        #expect(playbook.policies == PolicyChange.setting(\.retries, 2))
        #expect(playbook.steps.map(\.when) == [nil, "backup failed"])
    }

    /// Words that sound like policies and are the person's own, or mean something else.
    @Test(arguments: [
        SentenceExample(
            "remind me to run it at most once tomorrow at 9",
            #"{"action":{"text":"run it at most once","type":"notify"},"intent":"create_job","when":"tomorrow at 9"}"#),
        SentenceExample(
            "every day at 9 remind me to retry the upload 3 times",
            #"{"action":{"text":"retry the upload 3 times","type":"notify"},"intent":"create_job","when":"every day at 9"}"#
        ),
        SentenceExample(
            "every day at 9 remind me to file the ticket with high priority",
            #"{"action":{"text":"file the ticket with high priority","type":"notify"},"intent":"create_job","when":"every day at 9"}"#
        ),
        SentenceExample(
            "every weekday at 9 summarize the tickets with high priority",
            #"{"action":{"text":"summarize the tickets with high priority","type":"prompt"},"intent":"create_job","when":"every weekday at 9"}"#
        ),
        SentenceExample(
            "every 15 minutes, 4 times, tell me to turn the ribs",
            #"{"action":{"text":"turn the ribs","type":"notify"},"intent":"create_job","when":"every 15 minutes, 4 times"}"#
        ),
        SentenceExample(
            "every 10 minutes for 3 weeks run scripts/scan.sh",
            #"{"action":{"path":"scripts/scan.sh","type":"script"},"intent":"create_job","when":"every 10 minutes for 3 weeks"}"#
        ),
        SentenceExample("pause the backup", #"{"intent":"pause_job","job":"backup"}"#),
        SentenceExample("run the backup once", #"{"intent":"run_job","job":"backup"}"#),
        SentenceExample(
            "skip the next two runs of the report", #"{"intent":"snooze_job","job":"report","until":"2 runs"}"#),
        SentenceExample("delete the missed runs job", #"{"intent":"delete_job","job":"missed runs"}"#),
    ])
    func staysWhatItWas(_ example: SentenceExample) throws { try expectReading(example) }
}
