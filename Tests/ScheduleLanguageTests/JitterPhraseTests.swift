import JobModel
import ScheduleLanguage
import Testing

@Suite("A random delay") struct JitterPhraseTests {
    @Test(arguments: [
        Example("every hour with a random delay of up to 5 minutes", "0 * * * *; jitter 300 s"),
        Example("every hour, with up to 5 minutes of jitter", "0 * * * *; jitter 300 s"),
        Example("every hour plus up to 30 seconds at random", "0 * * * *; jitter 30 s"),
        Example("every hour, jitter 5 minutes", "0 * * * *; jitter 300 s"),
        Example("every hour, jitter: 1m", "0 * * * *; jitter 60 s"),
        Example("jitter 5 minutes, every hour", "0 * * * *; jitter 300 s"),
        Example("every hour jittered by up to half an hour", "0 * * * *; jitter 1800 s"),
        Example("every hour, randomly delayed by at most a minute", "0 * * * *; jitter 60 s"),
        Example("every hour with random delay up to 2 minutes", "0 * * * *; jitter 120 s"),
        Example("every hour with a 10 minute random delay", "0 * * * *; jitter 600 s"),
        Example("every hour with 10 minutes random delay", "0 * * * *; jitter 600 s"),
        Example("every day at 9 up to 15 minutes randomly", "0 9 * * *; jitter 900 s"),
        Example(
            "every weekday at 9 except on mondays with 5 minutes of jitter until friday",
            "0 9 * * MON-FRI; until 2026-03-06 23:59:59; not 1; jitter 300 s"),
        Example(
            "every day at 9, 3 times, with a random delay of up to an hour",
            "0 9 * * *; 3 times; until 2026-03-05 09:00; jitter 3600 s"),
        Example("every 90 seconds with a random delay of up to 10 seconds", "every 90 s; jitter 10 s"),
        Example("every monday with a random delay of up to 1 day", "0 9 * * MON; jitter 86400 s"),
        Example("tomorrow at 9 with a random delay of up to 5 minutes", "2026-03-03 09:00; jitter 300 s"),
        Example(
            "every day at 9 Tokyo time with a random delay of up to 5 minutes", "0 9 * * *; jitter 300 s; in Asia/Tokyo"
        ),
        Example("0 9 * * MON-FRI with a random delay of up to 5 minutes", "0 9 * * MON-FRI; jitter 300 s"),
        Example("every 5 minutes up to 17:00", "*/5 * * * *; until 2026-03-02 17:00"),
        // No length, no bound, or nothing random about it.
        Example("every hour with some jitter", "error not_understood"),
        Example("every hour with a random delay of a few minutes", "error not_understood"),
        Example("every hour with a random delay of up to a month", "error not_understood"),
        Example("every hour with a random delay of up to 3 weeks", "error unsupported"),
        Example("every hour give or take 5 minutes", "error not_understood"),
        Example("@reboot", "startup"),
    ])
    func reads(_ example: Example) {
        #expect(Person.read(example.phrase) == example.reading)
    }

    @Test(arguments: [
        "every hour with a random delay of up to 5 minutes", "every 2 weeks on friday at 15:00 with a minute of jitter",
        "every day at 9 until 31 August with 90 seconds of jitter", "every 90 seconds, jitter 10 seconds",
    ])
    func whatAScheduleSaysReadsBack(phrase: String) throws {
        let parser = PhraseParser(context: Person.context())
        guard case .schedule(let schedule) = parser.parse(phrase),
            case .schedule(let again) = parser.parse(schedule.text)
        else {
            Issue.record("\(phrase) is no schedule")
            return
        }
        #expect(again.text == schedule.text && again.jitter == schedule.jitter)
        let now = parser.context.now
        #expect(again.occurrences(after: now, limit: 9) == schedule.occurrences(after: now, limit: 9))
    }

    @Test func standsInASentence() {
        let sentences = [
            "every hour run backup.sh with a random delay of up to 5 minutes",
            "run backup.sh every hour, with a random delay of up to 5 minutes, and tell ops",
            "with up to 5 minutes of jitter, run backup.sh every hour",
        ]
        for sentence in sentences {
            let words = TimeScanner.fragments(in: sentence).map(\.text).joined(separator: " ")
            #expect(Person.read(words) == "0 * * * *; jitter 300 s", "\(words)")
        }
        #expect(TimeScanner.fragments(in: "talk with an hour of music to go").map(\.text).isEmpty)
    }

    @Test func aJobKeepsItsDelayAndSeed() {
        let parser = PhraseParser(context: Person.context())
        guard case .schedule(let current) = parser.parse("every day at 9 with 5 minutes of jitter") else { return }
        func changed(_ words: String) -> String {
            guard case .schedule(let schedule) = parser.adjust(current, by: words) else { return "none" }
            let sameSeed = schedule.jitter?.seed == current.jitter?.seed
            return ReadingSummary.text(schedule, home: Person.zone) + (sameSeed ? ", same seed" : "")
        }
        #expect(changed("at 10") == "0 10 * * *; jitter 300 s, same seed")
        #expect(changed("with a random delay of up to 1 minute") == "0 9 * * *; jitter 60 s, same seed")
        #expect(changed("an hour later") == "0 10 * * *; jitter 300 s, same seed")
    }
}
