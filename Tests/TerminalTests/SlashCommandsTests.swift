import Testing

@testable import Terminal

@Suite struct SlashCommandsTests {
    @Test(arguments: [
        ("every day at 9 say hi", SlashCommands.Reading.say("every day at 9 say hi")),
        ("  list my jobs ", .say("list my jobs")),
        ("", .say("")),
        ("/help", .say("help")),
        ("/HELP", .say("help")),
        ("/jobs", .say("what is scheduled?")),
        ("/show weekly report", .say("show weekly report")),
        ("/pause  weekly report ", .say("pause weekly report")),
        ("/resume 3", .say("resume 3")),
        ("/run backup", .say("run backup")),
        ("/undo", .say("undo")),
        ("/status", .say("is the scheduler running?")),
        ("/cost", .say("what did this cost?")),
        ("/approve 3", .say("approve 3")),
        ("/inbox", .say("/inbox")),
        ("/quit", .leave),
        ("  /quit  ", .leave),
        ("exit", .leave),
        ("Quit", .leave),
        ("quit the standup", .say("quit the standup")),
        ("/pause", .mistake("/pause JOB: which one?")),
        ("/approve", .mistake("/approve N: which one?")),
        ("/undo that", .mistake("/undo takes nothing after it; \"that\" was not read.")),
        ("/qiut", .mistake("There is no command /qiut. Did you mean /quit?")),
        ("/job", .mistake("There is no command /job. Did you mean /jobs?")),
        ("/s", .mistake("There is no command /s. Did you mean /show?")),
        ("/etc/passwd", .mistake("There is no command /etc/passwd; /help lists them.")),
        ("/", .mistake("A slash starts a command; /help lists them.")),
        ("/ quit", .mistake("A slash starts a command; /help lists them.")),
    ])
    func reads(line: String, reading: SlashCommands.Reading) {
        #expect(SlashCommands.read(line) == reading)
    }

    @Test func namesAreUniqueAndEachIsExplained() {
        let names = SlashCommands.table.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(SlashCommands.overview.count == names.count)
        #expect(SlashCommands.table.allSatisfy { !$0.summary.isEmpty })
    }

    @Test(arguments: [("", "", 0), ("quit", "quit", 0), ("quit", "qiut", 1), ("show", "shw", 1), ("run", "undo", 3)])
    func countsWrongLetters(first: String, second: String, distance: Int) {
        #expect(SlashCommands.editDistance(first, second) == distance)
        #expect(SlashCommands.editDistance(second, first) == distance)
    }
}

@Suite struct CompletionTests {
    @Test(
        arguments: [
            ("", []),
            ("   ", []),
            ("pause", ["pause"]),
            ("pause weekly re", ["pause weekly re", "weekly re", "re"]),
            ("pause Weekly ", ["pause Weekly ", "Weekly "]),
            ("a b c d e f", ["c d e f", "d e f", "e f", "f"]),
        ] as [(String, [String])])
    func asksForTheLastWords(text: String, prefixes: [String]) {
        #expect(Completion.prefixes(of: text) == prefixes)
    }

    @Test func completesASingleCandidateWithASpace() {
        let completion = Completion.of("wee", from: ["Weekly report", "Breathe"])
        #expect(completion == Completion(replaced: 3, inserted: "Weekly report ", choices: []))
    }

    @Test func completesAsFarAsCandidatesAgree() {
        let candidates = ["Weekly report", "Weekly summary", "Weekly report"]
        #expect(Completion.of("w", from: candidates) == Completion(replaced: 1, inserted: "Weekly ", choices: []))
        let choice = Completion.of("Weekly ", from: candidates)
        #expect(choice == Completion(replaced: 0, inserted: "", choices: ["Weekly report", "Weekly summary"]))
    }

    @Test func countsScalarsAsLibeditDoes() {
        #expect(Completion.of("gru\u{308}", from: ["gru\u{308}ße"]).replaced == 4)
    }

    @Test func leavesOutWhatDoesNotFit() {
        #expect(Completion.of("x", from: ["Weekly report"]) == .none)
        #expect(Completion.of("x", from: []) == .none)
    }
}
