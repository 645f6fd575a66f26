import IntentContract
import JobModel
import Testing

@testable import Interpreters

@Suite("How a sentence was read") struct ReadingTraceTests {
    private func steps(_ text: String) -> [ReadingTrace.Step] {
        let trace = ReadingTrace()
        _ = OfflineInterpreter().read(text, trace: trace)
        return trace.steps
    }

    private func texts(_ stage: ReadingTrace.Step.Stage, _ text: String) -> [String] {
        steps(text).filter { $0.stage == stage }.map(\.text)
    }

    @Test func aRequestAboutAJob() {
        let text = "pause the scan until friday"
        #expect(texts(.words, text) == ["pause · the · scan · until · friday"])
        #expect(texts(.time, text) == ["\"until friday\" (bound)"])
        #expect(texts(.matched, text).count == 1)
        #expect(
            texts(.matched, text).allSatisfy { $0.hasPrefix("\"pause the scan until friday\" by the rule  pause|") })
        #expect(texts(.decided, text) == ["one request"])
    }

    @Test func aNewJob() {
        let text = "every monday at 9 run scripts/a.sh and if it fails email me"
        #expect(
            texts(.words, text)
                == [
                    "every · monday · at · 9 (number) · run · scripts/a.sh (name or path) · and · if · it · fails · email · me"
                ])
        #expect(texts(.time, text) == ["\"every monday at 9\" (recurrence)"])
        #expect(
            texts(.read, text) == [
                "when: every monday at 9", "order: run scripts/a.sh → script",
                "if it fails; order: email me → notify when a failed",
            ])
        #expect(texts(.matched, text).isEmpty)
        #expect(texts(.decided, text) == ["one request"])
    }

    @Test func kindsOfTokensAndSlipsAreShown() {
        let text = "tomorow at 17:30 GET https://a.test \"x y\" {{event.id}} 2026-05-01 3rd 0 9 * * 1, Europe/Rome"
        #expect(
            texts(.words, text) == [
                "tomorow→tomorrow · at · 17:30 (time of day) · GET · https://a.test (address) · \"x y\" (quoted)"
                    + " · {{event.id}} (template) · 2026-05-01 (date) · 3rd (ordinal) · 0 9 * * 1 (cron) · , · Europe/Rome (zone)"
            ])
        #expect(
            texts(.time, "remind me tomorow about the weekly report") == [
                "\"tomorow\" (day, a slip of the keyboard mended)", "\"weekly\" (recurrence, describes a noun)",
            ])
    }

    @Test(arguments: [
        ("pause the scan and delete the digest", "two requests: \"pause the scan \" and \"delete the digest\""),
        ("ok back now, resume everything", "one part of the sentence is a request, the rest explains it"),
        ("the tax reminder, pause it", "the job is named first: \"tax reminder\""),
        ("pause the scan, no wait, delete it", "the sentence corrects itself: only \"delete it\" stands"),
        ("puase the scan", "a slip of the keyboard is mended: pause the scan"),
    ])
    func whatDecided(_ text: String, _ decision: String) {
        #expect(texts(.decided, text).contains(decision))
    }

    @Test func rulesThatWereTriedAreNamedOnce() {
        let considered = texts(.considered, "pause whatever you like, then sing")
        #expect(!considered.isEmpty)
        #expect(Set(considered).count == considered.count)
        #expect(considered.contains { $0.contains("does not fit the rule  pause|") })
    }

    @Test(arguments: [
        "every weekday at 9 remind me to stand up", "in 20 minutes call Ana", "at 5 call Ana", "remind me to renew it",
        "every hour GET https://a.example.test/x and alert me if it isn't 200",
        "every day at 9 run a.sh, then run b.sh",
        "every day at 9 run a.sh unless b.sh succeeds", "tell me every hour if the load is over 4",
        "alert me if the disk gets too full", "whenever a build fails tell ops on telegram",
        "if the backup fails, tell me",
        "fridays at 16:00 draft the weekly recap and mail it to me", "every monday, no, every tuesday at 8 call Bob",
        "pause the scan until friday", "resume it", "delete all reports", "skip the next two runs of the scan",
        "skip tomorrow's yoga", "run the scan now", "test the scan", "rename the scan to Prices", "move the scan to 10",
        "the scan, move it to friday", "send the digest to slack instead", "remove step 2 of the scan", "list my jobs",
        "what will run tomorrow", "why did the scan fail", "what does 0 9 * * 1 mean", "was the digest delivered",
        "undo",
        "is the scheduler running", "pause everything", "approve 3", "always p.m.", "dates are day first", "help",
        "thanks!",
        "pause the scan and delete the digest", "pause the scan, no wait, delete it", "puase the scan", "blue potato",
        "",
        "ok back now, resume everything", "tell me what will run tomorrow", "every 6 hours run the trend analyzer",
    ])
    func aTraceChangesNothing(_ text: String) {
        let plain = OfflineInterpreter().read(text, jobs: ["Trend analyzer"])
        #expect(OfflineInterpreter().read(text, jobs: ["Trend analyzer"], trace: ReadingTrace()) == plain)
    }
}
