import Testing

@testable import TranscriptPlayer

struct TranscriptTests {
    @Test func readsHeadBlocksAndExpectations() throws {
        let transcript = try Transcript(
            parsing: """
                # a comment
                set clock 2026-03-27T08:55:00
                set gateway telegram/ops fake
                > every day at 9
                >. remind me to stretch
                < Stretch
                ...
                ? Allow? [y/N]
                $ rota jobs
                < No jobs yet.
                [4]
                """)
        #expect(transcript.setting("clock") == "2026-03-27T08:55:00")
        #expect(transcript.blocks.map(\.text) == ["every day at 9\nremind me to stretch", "rota jobs"])
        #expect(transcript.blocks[0].expected.map(\.text) == ["Stretch", "...", "Allow? [y/N]"])
        #expect(transcript.blocks[1].expected.last?.text == "[4]")
    }

    @Test(arguments: [
        ("$ rota jobs", "rota jobs", nil), ("$ rota \"pause it\" [4]", "rota \"pause it\"", 4),
        ("$ rota \"what is [4]\"", "rota \"what is [4]\"", nil),
    ])
    func readsTheExitCodeBehindACommand(line: String, text: String, exit: Int32?) throws {
        let block = try #require(try Transcript(parsing: line).blocks.first)
        #expect(block.text == text)
        #expect(block.exit == exit)
    }

    struct Refused: Sendable {
        var text: String
        var line: Int
        var mentions: String
    }

    @Test(arguments: [
        Refused(text: "> hello\n%% what\n", line: 2, mentions: "%%"),
        Refused(text: "< an answer to nothing\n", line: 1, mentions: "nothing has happened"),
        Refused(text: "> hello\nset tz UTC\n", line: 2, mentions: "top"),
        Refused(text: "set colour blue\n", line: 1, mentions: "clock"),
        Refused(text: ">. alone\n", line: 1, mentions: "right above"),
    ])
    func namesTheBadLine(_ example: Refused) {
        let error = #expect(throws: TranscriptSyntaxError.self) { try Transcript(parsing: example.text) }
        #expect(error?.line == example.line)
        #expect(error?.message.contains(example.mentions) == true, "\(error?.message ?? "")")
    }
}

struct LineMatcherTests {
    struct Example: Sendable {
        var expected: [String]
        var actual: [String]
        var matches: Bool
    }

    @Test(arguments: [
        Example(expected: ["< a"], actual: ["< a"], matches: true),
        Example(expected: ["< a"], actual: ["< b"], matches: false),
        Example(expected: ["< a"], actual: ["< a", "< b"], matches: false),
        Example(expected: ["< a", "..."], actual: ["< a", "< b", "< c"], matches: true),
        Example(expected: ["...", "< c"], actual: ["< c"], matches: true),
        Example(expected: ["< took [..] s"], actual: ["< took 3.2 s"], matches: true),
        Example(expected: ["< [1] a+b"], actual: ["< [1] a+b"], matches: true),
        Example(expected: ["< job [id:J]", "< again [id:J]"], actual: ["< job 12", "< again 12"], matches: true),
        Example(expected: ["< job [id:J]", "< again [id:J]"], actual: ["< job 12", "< again 13"], matches: false),
        Example(expected: ["< job [id:J]"], actual: ["< job twelve"], matches: false),
    ])
    func compares(_ example: Example) {
        var matcher = LineMatcher()
        #expect(matcher.matches(example.expected, example.actual) == example.matches)
    }
}

struct CanonicalIntentTests {
    @Test(arguments: [
        ("pause_job job=report", "pause_job {\"job\":\"report\",\"until\":\"Monday\"}", true),
        ("pause_job job=backup", "pause_job job=report", false),
        ("undo", "undo", true),
        ("undo", "redo", false),
        ("create_job {\"deliver\":[\"slack\"]}", "create_job {\"deliver\":[\"slack\",\"email\"]}", false),
    ])
    func comparesWhatIsNamed(expected: String, actual: String, agree: Bool) {
        #expect(CanonicalIntent.agree([expected], [actual]) == agree)
    }
}

struct ShellWordsTests {
    @Test(arguments: [
        (#"script backup.sh exit=1 stderr="disk full""#, ["script", "backup.sh", "exit=1", "stderr=disk full"]),
        (#"rota "list my jobs""#, ["rota", "list my jobs"]),
        (#"a\ b 'c "d"'"#, ["a b", #"c "d""#]),
        ("", []),
        (#"printf '' x"#, ["printf", "", "x"]),
    ])
    func splits(text: String, words: [String]) {
        #expect(ShellWords.split(text) == words)
    }
}
