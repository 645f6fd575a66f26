import ScheduleLanguage
import Testing

@Suite("Where a sentence speaks about time") struct ScannerTests {
    @Test(arguments: [
        ("every weekday at 9 remind me to stand up", ["every weekday at 9:recurrence"]),
        ("remind me to call grandma every sunday at 5pm", ["every sunday at 5pm:recurrence"]),
        ("in 20 minutes tell me to call Ana", ["in 20 minutes:relative"]),
        ("run backup.sh tomorrow at noon", ["tomorrow at noon:day"]),
        ("at 17:30 call Ana", ["at 17:30:clock"]),
        ("on the 1st water the plants", ["on the 1st:day"]),
        ("pause the report until monday", ["until monday:bound"]),
        ("snooze it for an hour", ["for an hour:bound"]),
        ("no messages until 8", ["until 8:bound"]),
        ("every 20 minutes, 3 times, remind me to baste", ["every 20 minutes, 3 times:recurrence"]),
        ("every day at 9 EST remind me", ["every day at 9:recurrence", "EST:zone"]),
        ("at 9am Berlin time every day", ["at 9am:clock", "Berlin time:zone", "every day:recurrence"]),
        ("what does 0 9 * * 1-5 mean?", ["0 9 * * 1-5:cron"]),
        ("did the backup run last night?", ["last night:span"]),
        ("what is due in the next 3 hours?", ["in the next 3 hours:span"]),
        (
            "at 17:30 call Ana, and every monday at 8 plan the week",
            ["at 17:30:clock", "every monday at 8:recurrence"]
        ),
        ("from monday to friday at 7 wake me", ["from monday to friday at 7:recurrence"]),
        ("hit https://x.test/daily every hour", ["every hour:recurrence"]),
        ("push the standup back by 30 minutes", ["back by 30 minutes:relative"]),
        ("pls remnd me evry wensday 6pm", ["evry wensday 6pm:recurrence"]),
    ])
    func finds(_ text: String, _ expected: [String]) {
        #expect(TimeScanner.fragments(in: text).map { "\($0.text):\($0.kind.rawValue)" } == expected)
    }

    @Test(arguments: [
        "draft tomorrow's post", "Friday's report", "tell me about 5 things", "buy 3 apples", "i may need help",
        "the second floor", "remind me on the 2nd attempt", "a 2-week plan", "mid-week check", "the 24-hour backup",
        "say \"every monday at 9\"", "rename it to Morning brief", "wed is fine", "check the dairy",
        "when order.paid arrives", "send the friday report", "increase it by 5", "show the last 5 runs",
    ])
    func leavesOtherWordsAlone(_ text: String) {
        #expect(TimeScanner.fragments(in: text).isEmpty)
    }

    @Test func lengthsOfATaskAreNoEnd() {
        let texts = [
            "remind me to meditate for 10 minutes every morning", "every day remind me to walk for 30 minutes",
        ]
        for text in texts { #expect(TimeScanner.fragments(in: text).count == 1) }
    }

    @Test(arguments: [
        ("run the daily report now", true), ("the weekly standup", true), ("daily, remind me", false),
        ("hourly run scripts/x.sh", false), ("back up daily", false),
    ])
    func marksAdjectives(_ text: String, _ isAdjective: Bool) {
        #expect(TimeScanner.fragments(in: text).first?.isAdjective == isAdjective)
    }

    @Test func saysWhatWasMended() {
        #expect(TimeScanner.fragments(in: "evry monday call Ana").first?.wasCorrected == true)
        #expect(TimeScanner.fragments(in: "every monday call Ana").first?.wasCorrected == false)
    }
}
