import Testing

@testable import Interpreters

@Suite("Lengths of time in policies") struct PolicyDurationTests {
    @Test(arguments: [
        ("5 minutes", "5m"), ("30 s", "30s"), ("30s", "30s"), ("10min", "10m"), ("a minute", "1m"), ("an hour", "1h"),
        ("half an hour", "30m"), ("an hour and a half", "90m"), ("two and a half hours", "150m"),
        ("2 hours and 30 minutes", "150m"), ("1.5 hours", "90m"), ("a week", "7d"), ("ten days", "10d"),
    ])
    func areRead(words: String, text: String) {
        #expect(PolicyDuration.text(Lexer().pieces(of: words, for: .plain)) == text)
    }

    @Test(arguments: ["5", "minutes", "soon", "5 minutes later", "5 apples", "0 minutes", "a half", "and 5 minutes"])
    func areRefused(words: String) {
        #expect(PolicyDuration.text(Lexer().pieces(of: words, for: .plain)) == nil)
    }
}
