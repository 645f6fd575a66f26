import Templates
import Testing

@Suite("Bounded patterns")
struct BoundedPatternTests {
    @Test(arguments: [
        ("abc", "xabcx", true), ("^abc$", "xabc", false), ("a.c", "abc", true), ("a.c", "a\nc", false),
        ("a*b", "b", true),
        ("^a+b$", "b", false), ("^a?b$", "aab", false), ("^(ab|cd)+$", "abcdab", true), ("^a{2,3}$", "aa", true),
        ("^a{2,3}$", "aaaa", false), ("^a{2}$", "aaa", false), ("^a{2,}$", "aaaaa", true), ("\\d+ €", "24 €", true),
        ("^\\w+$", "größe_1", true), ("\\s", "a b", true), ("^\\S+$", "a b", false), ("[a-c]", "d", false),
        ("[^a-c]", "abcd", true), ("[]a]", "]", true), ("[a-]", "-", true), ("[\\d.]+", "1.5", true),
        ("\\bcat\\b", "the cat sat", true), ("\\bcat\\b", "concat", false), ("\\Bcat", "concat", true),
        ("(?i)größe", "GRÖSSE GRÖßE", true), ("(?:a|b)c", "bc", true), ("a|", "", true), ("", "x", true),
        ("a{x}", "a{x}", true), ("\\.", "a", false), ("x*?y", "xxy", true), ("^$", "", true), ("👋", "hi 👋", true),
    ])
    func finds(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try BoundedPattern(pattern).isFound(in: text) == expected)
    }

    @Test(arguments: [
        "(", ")", "a)", "[a", "*", "a**", "(a)\\1", "(?=a)", "(?<n>a)", "\\", "\\q", "[z-a]", "a{1001}",
        "(a{100}){100}", "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})",
    ])
    func refuses(_ pattern: String) {
        #expect(throws: BoundedPattern.Problem.self) { try BoundedPattern(pattern) }
    }

    /// Patterns that take a backtracking matcher longer than anyone waits.
    @Test(arguments: ["^(a+)+$", "^(a|aa)+$", "^(a|a)*$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*x{50}"])
    func takesNoTimeForCruelOnes(_ pattern: String) throws {
        let text = String(repeating: "a", count: 2_000) + "!"
        let start = ContinuousClock.now
        _ = try BoundedPattern(pattern).isFound(in: text)
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test func givesUpOnWhatIsTooMuch() throws {
        let pattern = try BoundedPattern("(.*a){200}b")
        #expect(pattern.isFound(in: String(repeating: "a", count: 1_000_000)) == nil)
    }

    @Test func repeatsNothingWithoutTakingTime() throws {
        #expect(try BoundedPattern("(((){1000}){1000}){1000}x").isFound(in: "x") == true)
    }
}
