import CronOracle
import Testing

@testable import Interpreters

/// The index only spares work: a rule that matches is never left out.
@Suite("The index of rules") struct PatternIndexTests {
    private static let rules =
        SteeringRules.rules + PreferenceRules.rules + QuestionRules.rules + ManagementRules.rules
    private static let index = PatternIndex(rules.map(\.pattern.program))

    private static let sentences = [
        "pause the piano lessons", "stop the water reminder for now", "put the newsletter on hold until june",
        "resume the piano lessons", "turn the scan back on", "delete the old invoice job",
        "get rid of the bin reminder",
        "run the price scan now", "skip the next two runs of the import", "skip it tomorrow", "no yoga on thursday",
        "snooze the call by 20 minutes", "remind me again in an hour", "do a dry run of the export", "test it",
        "rename the digest to Evening news", "move the choir to 19:30", "push it back by an hour",
        "move the review from tuesday to wednesday", "send the digest to matrix instead",
        "add a step that runs a.sh to the scan",
        "remove step 2 of the scan", "make it weekly", "what is scheduled", "list my jobs",
        "show me all paused reminders",
        "which jobs go to slack", "what will run this weekend", "what's next", "is anything due tomorrow",
        "when is the next backup", "when does the scan run", "tell me about the digest", "how is the digest scheduled",
        "what does 5 4 * * 1 mean", "explain @monthly", "why did the import fail", "did the backup run last night",
        "what failed yesterday", "last 5 runs of the scan", "show the scan history", "what did the scan print",
        "was the digest delivered", "which messages were not sent", "is the scheduler running", "how are you doing",
        "pause everything until 18:00", "resume everything", "approve 4", "approve it", "reject 4", "no, drop it",
        "done",
        "no messages until monday", "my time zone is Europe/Rome", "use telegram by default", "always in the afternoon",
        "dates are day first", "undo", "take that back", "redo that", "help", "what can you do", "good night",
        "the backup runs",
    ]

    /// The ways in which a sentence is looked at.
    private func readings(of sentence: String) -> [Pieces] {
        let lexer = Lexer()
        return [Lexer.Purpose.asking, .making, .plain].flatMap { purpose in
            let pieces = lexer.pieces(of: sentence, for: purpose)
            return [pieces, Padding.strippedBack(pieces), Padding.stripped(pieces)]
        }
    }

    @Test(arguments: sentences)
    func findsEveryRuleThatMatches(_ sentence: String) {
        for pieces in readings(of: sentence) {
            let input = MatchInput(pieces)
            let found = Self.index.candidates(for: input)
            #expect(found == found.sorted())
            let matching = Self.rules.indices.filter { Self.rules[$0].pattern.match(input) != nil }
            for place in matching where !found.contains(place) {
                Issue.record("\(pieces.text): left out \(Self.rules[place].pattern.text)")
            }
        }
    }

    /// Else the test above would hold for an index that finds nothing.
    @Test func theSentencesReachManyRules() {
        let reached = Self.sentences.flatMap { sentence in
            readings(of: sentence).flatMap { pieces in
                Self.rules.indices.filter { Self.rules[$0].pattern.match(pieces) != nil }
            }
        }
        #expect(Set(reached).count > 60)
    }

    /// Sentences that are made out of each rule itself, by chance.
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func findsEveryRuleByItsOwnWords(_ seed: UInt64) {
        for (place, rule) in Self.rules.enumerated() {
            var maker = SentenceMaker(pattern: rule.pattern.text, seed: seed &* 1_000 + UInt64(place))
            for _ in 0..<10 {
                let pieces = maker.pieces()
                #expect(rule.pattern.match(pieces) != nil, "\(pieces.text) ← \(rule.pattern.text)")
                #expect(
                    Self.index.candidates(for: MatchInput(pieces)).contains(place),
                    "\(pieces.text) ← \(rule.pattern.text)")
            }
        }
    }

    @Test func leavesOutWhatCannotMatch() {
        let programs = [
            "pause <job>", "[please] go on", "<word> went wrong", "(a / b c) d", "[x / <word>] y", "( / z) it",
        ]
        .map { Pattern($0).program }
        let index = PatternIndex(programs)
        func candidates(_ sentence: String) -> [Int] {
            index.candidates(for: MatchInput(Lexer().pieces(of: sentence, for: .plain)))
        }
        #expect(candidates("pause it") == [0])
        #expect(candidates("please go on") == [1])
        #expect(candidates("go on") == [1])
        #expect(candidates("go off") == [])
        #expect(candidates("all went wrong") == [2])
        #expect(candidates("b c d") == [3])
        #expect(candidates("c d") == [])
        #expect(candidates("y") == [4])
        #expect(candidates("x y") == [4])
        #expect(candidates("it") == [5])
        #expect(candidates("z it") == [5])
        #expect(candidates("an-unusually-long-first-word went wrong") == [2])
    }
}

/// Makes pieces that follow the text of a pattern, taking a way through it by chance.
private struct SentenceMaker {
    private let tokens: [String]
    private var numbers: SeededGenerator
    private var made: [(word: String, kind: Piece.Kind)] = []

    init(pattern: String, seed: UInt64) {
        var spaced = pattern
        for bracket in ["[", "]", "(", ")"] { spaced = spaced.replacing(bracket, with: " \(bracket) ") }
        tokens = spaced.split(whereSeparator: \.isWhitespace).map(String.init)
        numbers = SeededGenerator(state: seed)
    }

    mutating func pieces() -> Pieces {
        made = []
        _ = sequence(from: 0, isSaid: true)
        let sentence = made.map(\.word).joined(separator: " ")
        return zip(made, sentence.split(separator: " ")).enumerated().map { place, item in
            Piece(kind: item.0.kind, key: item.0.word, raw: item.1, position: place)
        }
    }

    /// Says the tokens up to a closing bracket or a bar, or only passes over them; returns where they end.
    private mutating func sequence(from start: Int, isSaid: Bool) -> Int {
        var place = start
        while place < tokens.count, !["]", ")", "/"].contains(tokens[place]) {
            switch tokens[place] {
            case "[": place = alternatives(from: place + 1, isSaid: isSaid && Bool.random(using: &numbers))
            case "(": place = alternatives(from: place + 1, isSaid: isSaid)
            default: if isSaid { say(tokens[place]) }
            }
            place += 1
        }
        return place
    }

    private mutating func alternatives(from start: Int, isSaid: Bool) -> Int {
        var count = 1
        var place = sequence(from: start, isSaid: false)
        while tokens[place] == "/" {
            count += 1
            place = sequence(from: place + 1, isSaid: false)
        }
        let chosen = Int.random(in: 0..<count, using: &numbers)
        place = sequence(from: start, isSaid: isSaid && chosen == 0)
        for index in 1..<count { place = sequence(from: place + 1, isSaid: isSaid && chosen == index) }
        return place
    }

    private static let samples: [Pattern.Slot: [[String]]] = [
        .job: [["scan"], ["the", "price", "scan"]], .duration: [["an", "hour"], ["20", "minutes"]],
        .n: [["3"], ["two"]], .text: [["tea"], ["green", "tea"]], .rest: [["everything", "else"]], .word: [["thing"]],
        .gateway: [["slack"], ["telegram"]],
    ]

    private mutating func say(_ token: String) {
        guard token.hasPrefix("<") else {
            let words = token.split(separator: "|").map(String.init)
            made.append((words.randomElement(using: &numbers) ?? token, .word))
            return
        }
        let name = token.dropFirst().dropLast().split(separator: ":").last.map(String.init) ?? ""
        guard let slot = Pattern.Slot(rawValue: name), let samples = Self.samples[slot] else {
            made.append(("monday", .time))
            return
        }
        made += (samples.randomElement(using: &numbers) ?? []).map { ($0, .word) }
    }
}
