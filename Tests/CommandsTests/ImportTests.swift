import Registry
import Testing

@testable import Commands

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
        #expect(read.entries.map(\.cron?.value) == ["30 2 * * 1-5", "@daily"])
        #expect(read.entries[0].action.value.path == "backup.sh")
        #expect(read.entries[0].action.value.arguments == ["--full"])
        #expect(read.entries.map(\.zone?.value) == ["Europe/Berlin", "Europe/Berlin"])
    }

    @Test(arguments: ["0 3 * * * a.sh | mail me", "0 3 * * * a.sh > /tmp/x", "0 3 * *", "0 3 * * * echo $HOME"])
    func namesLinesThatNeedAShellOrAreShort(line: String) {
        let read = Crontab.read("# first\n" + line)
        #expect(read.entries.isEmpty)
        #expect(read.problems.map(\.place.line) == [2])
    }
}
