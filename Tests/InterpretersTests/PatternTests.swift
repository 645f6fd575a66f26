import Testing

@testable import Interpreters

@Suite("Patterns over words") struct PatternTests {
    struct Match: Sendable, CustomTestStringConvertible {
        var pattern: String
        var sentence: String
        /// By slot; `nil` where the pattern does not cover the sentence.
        var captures: [String: String]?

        init(_ pattern: String, _ sentence: String, _ captures: [String: String]?) {
            (self.pattern, self.sentence, self.captures) = (pattern, sentence, captures)
        }

        var testDescription: String { "\(pattern) ← \(sentence)" }
    }

    private func pieces(_ sentence: String) -> Pieces { Lexer().pieces(of: sentence, for: .asking) }

    private static let slots = ["job", "time", "duration", "n", "text", "rest", "word", "gateway", "from", "to"]

    @Test(arguments: [
        Match("pause|stop", "stop", [:]), Match("pause|stop", "pause stop", nil), Match("pause|stop", "halt", nil),
        Match("pause [it] now", "pause now", [:]), Match("pause [it] now", "pause it now", [:]),
        Match("pause [it] now", "pause that now", nil), Match("pause [it] now", "pause", nil),
        Match("go (on / ahead / )", "go", [:]), Match("go (on / ahead / )", "go ahead", [:]),
        Match("go (on / ahead / )", "go on ahead", nil),
        Match("[please / would you] list [all [my]] jobs", "would you list all my jobs", [:]),
        Match("[please / would you] list [all [my]] jobs", "list my jobs", nil),
        Match("list jobs", "list, jobs!", [:]), Match("list jobs", "List \"jobs\".", [:]),
    ])
    func words(_ example: Match) { expect(example) }

    @Test(arguments: [
        Match("pause <job>", "pause the nightly backup", ["job": "the nightly backup"]),
        Match("pause <job> [please]", "pause the backup please", ["job": "the backup"]),
        Match("pause <job>", "pause", nil), Match("pause <job>", "pause tomorrow", nil),
        Match("pause <job>", "pause it, then the scan", nil), Match("pause <job>", "pause it if it fails", nil),
        Match("pause <job>", "pause a b c d e f g h", ["job": "a b c d e f g h"]),
        Match("pause <job>", "pause a b c d e f g h i", nil),
        Match("pause <job> [<time>]", "pause the scan until friday", ["job": "the scan", "time": "until friday"]),
        Match("move <job> to <time>", "move the scan to 10", ["job": "the scan", "time": "10"]),
        Match("move <job> <time>", "move the scan to friday", ["job": "the scan", "time": "to friday"]),
        Match("move <job> <time>", "move the scan quickly", nil),
        Match("from <from:time> to <to:time>", "from monday to friday", nil),
        Match("snooze [for] <duration>", "snooze for 30 minutes", nil),
        Match("shift <job> by <duration>", "shift it by half an hour", ["job": "it", "duration": "half an hour"]),
        Match("shift <job> by <duration>", "shift it by twenty", nil),
        Match("step <n>", "step three", ["n": "three"]), Match("step <n>", "step 12", ["n": "12"]),
        Match("step <n>", "step many", nil),
        Match("call <word> home", "call Ana home", ["word": "Ana"]), Match("call <word> home", "call my Ana home", nil),
        Match("send <job> to <gateway>", "send the digest to Slack", ["job": "the digest", "gateway": "Slack"]),
        Match(
            "send <job> to <gateway>", "send the digest to slack/ops", ["job": "the digest", "gateway": "slack/ops"]),
        Match("send <job> to <gateway>", "send the digest to Ana", nil),
        Match("rename <job> to <rest>", "rename it to Tea, and more", ["job": "it", "rest": "Tea, and more"]),
        Match("rename <job> to <rest>", "rename it to", nil),
        Match("say <text> twice", "say twice twice twice", ["text": "twice twice"]),
        Match("say <text> [twice]", "say it twice", ["text": "it"]),
        Match("(say / tell <word>) <text>", "tell Ana yes", ["word": "Ana", "text": "yes"]),
    ])
    func captures(_ example: Match) { expect(example) }

    private func expect(_ example: Match, sourceLocation: SourceLocation = #_sourceLocation) {
        let found = Pattern(example.pattern).match(pieces(example.sentence)).map { captures in
            Dictionary(uniqueKeysWithValues: Self.slots.compactMap { slot in captures[slot].map { (slot, $0.text) } })
        }
        #expect(found == example.captures, sourceLocation: sourceLocation)
    }

    /// What another way of matching captured before it failed is forgotten.
    @Test func aFailedWayLeavesNoCaptureBehind() throws {
        let match = try #require(Pattern("(show <job> / show it <rest>)").match(pieces("show it if you can")))
        #expect(match["job"] == nil)
        #expect(match["rest"]?.text == "if you can")
    }

    @Test(arguments: [
        ("please [do]", "please do it", 2), ("please [do]", "please", 1), ("please [do]", "please, do it", 3),
        ("please do", "please", nil), ("a|b", "c", nil),
    ])
    func longestBeginning(_ pattern: String, _ sentence: String, _ length: Int?) {
        #expect(Pattern(pattern).prefixLength(of: MatchInput(pieces(sentence))) == length)
    }

    private let list = PatternList([
        "please [do]", "please do [it / <n> of them]", "(would / could) you [please]", "<word> and <word>",
    ])

    @Test(arguments: [
        ("please do it now", 2, 3), ("please do 3 of them", 2, 5), ("please", nil, 1), ("please do it", 2, 3),
        ("could you please help", 3, 3), ("could you", nil, 2), ("could we", nil, nil), ("", nil, nil),
        ("salt and pepper for Ana", 3, 3), ("please and thanks", 1, 3),
    ])
    func beginnings(_ sentence: String, _ first: Int?, _ longest: Int?) {
        #expect(list.firstPrefixLength(of: pieces(sentence)) == first)
        #expect(list.longestPrefixLength(of: pieces(sentence)) == longest)
    }

    @Test func theFirstMatchThatIsAcceptedStands() {
        let list = PatternList(["to <n>", "to <word>", "to <rest>"])
        #expect(list.firstMatch(of: pieces("to 3")) { $0["n"]?.text } == "3")
        #expect(list.firstMatch(of: pieces("to 3")) { $0["rest"]?.text } == "3")
        #expect(list.firstMatch(of: pieces("to be or not")) { $0["n"]?.text ?? $0["word"]?.text } == nil)
    }
}
