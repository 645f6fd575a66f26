import JobModel
import Testing

@testable import Interpreters

@Suite("Conditions on this machine") struct SystemSubjectTests {
    @Test(arguments: [
        PlaybookExample(
            "every 10 minutes check the disk and tell me if it is more than 85% full", "system disk_used_percent",
            "tell me if disk.number > 85"),
        PlaybookExample(
            "hourly, if the disk has less than 15% left, tell ops on slack", "system disk_free_percent",
            "tell slack/ops if disk.number < 15"),
        PlaybookExample(
            "every morning warn me when less than 20 GB are free on the disk", "system disk_free_gb",
            "tell me if disk.number < 20"),
        PlaybookExample(
            "every hour alert me if there is less than 40gb available storage", "system disk_free_gb",
            "tell me if disk.number < 40"),
        PlaybookExample(
            "every 15 minutes tell me on slack if the memory is more than 90% used", "system memory_used_percent",
            "tell slack if memory.number > 90"),
        PlaybookExample(
            "every hour, only if less than 20% of the ram is free, run scripts/free.sh", "system memory_free_percent",
            "scripts/free.sh if memory.number < 20"),
        PlaybookExample(
            "if free memory drops below 500 MB ping me on slack, check every 5 minutes", "system memory_free_mb",
            "tell slack if memory.number < 500"),
        PlaybookExample(
            "every 15 minutes tell me if less than 2 GB of memory are free", "system memory_free_mb",
            "tell me if memory.number < 2000"),
        PlaybookExample(
            "every hour tell me if the disk has less than 1 TB free", "system disk_free_gb",
            "tell me if disk.number < 1000"),
        PlaybookExample(
            "every hour tell me if the disk is not more than 10% full", "system disk_used_percent",
            "tell me if disk.number <= 10"),
        PlaybookExample(
            "every hour fetch https://example.com and if the disk is over 90% full tell me", "GET https://example.com",
            "system disk_used_percent", "tell me if disk.number > 90"),
        PlaybookExample(
            "check the load every 5 minutes and if it goes over 8 alert me on telegram", "system load",
            "tell telegram if load.number > 8"),
        PlaybookExample(
            "every day at 8 run scripts/clean.sh unless memory use is over 90%", "system memory_used_percent",
            "scripts/clean.sh if not memory.number > 90"),
    ])
    func measures(_ example: PlaybookExample) { expectPlaybook(example) }

    @Test(arguments: [
        PlaybookExample(
            "every night at 23:00 tell me if /var/backups/latest.tar is missing", "system file /var/backups/latest.tar",
            #"tell me if file contains "missing""#),
        PlaybookExample(
            "every hour tell me if /data/feed.csv is not there", "system file /data/feed.csv",
            #"tell me if file contains "missing""#),
        PlaybookExample(
            "every 30 minutes, if /srv/in/orders.csv exists run scripts/load.sh", "system file /srv/in/orders.csv",
            #"scripts/load.sh if file contains "present""#),
        PlaybookExample(
            "every hour tell me if ~/inbox/new.csv appears", "system file ~/inbox/new.csv",
            #"tell me if file contains "present""#),
        PlaybookExample(
            "every hour tell me if /data/feed.csv is empty", "system file /data/feed.csv",
            #"tell me if file contains "empty""#),
        PlaybookExample(
            "every hour email me if /var/log/errors.log is not empty", "system file /var/log/errors.log",
            #"tell email if file contains "bytes""#),
        PlaybookExample(
            "every hour run scripts/import.sh unless /data/feed.csv is empty", "system file /data/feed.csv",
            #"scripts/import.sh if not file contains "empty""#),
        PlaybookExample(
            "every hour message me if the file notes/todo.txt changes", "system file notes/todo.txt",
            "tell me if file changed"),
        PlaybookExample(
            "every hour tell me if /a/b.txt is missing and if /c/d.txt is missing tell bob on slack",
            "system file /a/b.txt", #"tell me if file contains "missing""#, "system file /c/d.txt",
            #"tell slack/bob if file2 contains "missing""#),
    ])
    func files(_ example: PlaybookExample) { expectPlaybook(example) }

    /// What has no number, or no number of this kind, is asked about.
    @Test(arguments: [
        "every hour tell me if the disk is low", "every hour tell me if the disk has 100 GB used",
        "every hour tell me if /data/feed.csv is big", "every hour tell me if the printer has more than 3 sheets",
        "every hour tell me if my memory of the meeting is above 90",
        "every hour tell me if there is a change in /etc/hosts and the load is over 4",
        "every hour tell me if the inbox on https://example.com is empty",
    ])
    func asks(_ text: String) {
        #expect(OfflineInterpreter().read(text).question?.about == .missingMeasure)
    }
}
