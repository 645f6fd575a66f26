import JobModel
import Testing

@testable import Commands

struct JobsFileTests {
    @Test func readsBothActions() {
        let read = JobsFile.read(
            """
            [
              {"name": "Clean", "cron": "0 3 * * *", "action": "script", "payload": {"path": "scripts/clean.sh"}},
              {"name": "Brief", "cron": "0 9 * * 1-5", "action": "agent_workflow",
               "payload": {"prompt": "summarise the news", "output": "telegram"}}
            ]
            """)
        #expect(read.problems.isEmpty)
        #expect(read.entries.map(\.name) == ["Clean", "Brief"])
        #expect(read.entries.map(\.line) == [2, 3])
        #expect(read.entries[0].action == .script(path: "scripts/clean.sh", arguments: []))
        #expect(read.entries[1].deliver == [Recipient("telegram")])
    }

    @Test func aBrokenEntryDoesNotCostTheOthers() {
        let read = JobsFile.read(
            """
            [
              {"name": "Good", "cron": "0 3 * * *", "action": "script", "payload": {"path": "a.sh"}},
              {"name": "Bad" "cron": "0 3 * * *"},
              {"name": "Unknown", "cron": "0 3 * * *", "action": "dance", "payload": {}},
              {"name": "Also good", "cron": "@daily", "action": "script", "payload": {"path": "b.sh"}}
            ]
            """)
        #expect(read.entries.map(\.name) == ["Good", "Also good"])
        #expect(read.problems.map(\.line) == [3, 4])
        #expect(read.problems[1].message.contains("dance"))
    }

    @Test(arguments: [("", 1), ("{}", 1), ("[\n  {\"a\": \"b\n", 2), ("[]\nrest", 2)])
    func saysWhereTheFileIsBroken(text: String, line: Int) {
        let read = JobsFile.read(text)
        #expect(read.entries.isEmpty)
        #expect(read.problems.map(\.line) == [line])
    }
}

struct CrontabTests {
    @Test func readsLinesMacrosAndZones() {
        let read = Crontab.read(
            """
            # m h dom mon dow command
            MAILTO=me
            CRON_TZ=Europe/Berlin
            30 2 * * 1-5  /home/me/bin/backup.sh --full
            @daily clean.sh

            """)
        #expect(read.problems.isEmpty)
        #expect(read.entries.map(\.cron) == ["30 2 * * 1-5", "@daily"])
        #expect(read.entries[0].action == .script(path: "backup.sh", arguments: ["--full"]))
        #expect(read.entries.map(\.zone) == ["Europe/Berlin", "Europe/Berlin"])
    }

    @Test(arguments: ["0 3 * * * a.sh | mail me", "0 3 * * * a.sh > /tmp/x", "0 3 * *", "0 3 * * * echo $HOME"])
    func namesLinesThatNeedAShellOrAreShort(line: String) {
        let read = Crontab.read("# first\n" + line)
        #expect(read.entries.isEmpty)
        #expect(read.problems.map(\.line) == [2])
    }
}
