import Testing

@testable import Interpreters

@Suite("Words as keys") struct WordKeyTests {
    /// Words of up to 16 bytes, some of which share their beginning, their end, or all bytes in another order.
    private static let words = [
        "", "a", "b", "ab", "ba", "aa", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab", "baaaaaaaa", "scheduled", "scheduler",
        "abcdefgh", "abcdefghabcdefgh", "abcdefghabcdefgi", "bbcdefghabcdefgh", "abcdefgh12345678", "12345678abcdefgh",
        "notificationsall", "é", "e", "ée", "straße", "strasse", "日本語", "日本", "😀😀😀😀", "😀😀😀",
    ]

    @Test func shortWordsAreEqualOnlyToThemselves() {
        for one in Self.words {
            #expect(one.utf8.count <= WordKey.longest)
            for other in Self.words { #expect((WordKey(one) == WordKey(other)) == (one == other), "\(one) \(other)") }
        }
    }

    @Test(arguments: ["abcdefghabcdefgha", "internationalization", "日本語日本語", String(repeating: "a", count: 5_000)])
    func longerWordsShareOneKeyThatNoShortWordHas(_ word: String) {
        #expect(WordKey(word) == WordKey("a-word-of-20-letters"))
        #expect(Self.words.allSatisfy { WordKey($0) != WordKey(word) })
    }

    @Test func aPartOfATextHasTheKeyOfItsWord() {
        let text = "pause the standup"
        #expect(text.split(separator: " ").map { WordKey($0) } == ["pause", "the", "standup"].map { WordKey($0) })
    }
}
