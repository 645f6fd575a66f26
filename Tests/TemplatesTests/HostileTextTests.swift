import JobModel
import Templates
import Testing

/// Whatever a person or a stranger writes, reading it ends with a value or an error.
@Suite("Hostile texts")
struct HostileTextTests {
    private static let pieces = [
        "{{", "}}", "{", "}", "{{{", "}}}", "#", "^", "/", "!", "&", ">", "$", "=", "%", "a", "event", ".", " ", "\n",
        "\r\n",
        "(", ")", "é", "\u{0}", "\"", "“", "”", "<", "20", "not", "failed", "contains", "1,2.3", "e5", "-", "[", "]",
        ":",
        "\\", "🙂", "\u{1B}[", "'",
    ]

    private func texts(seed: UInt64) -> [String] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func draw(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        return (0..<200).map { _ in (0..<draw(14)).map { _ in Self.pieces[draw(Self.pieces.count)] }.joined() }
    }

    @Test(arguments: UInt64(1)...20)
    func neverCrash(seed: UInt64) {
        let data = TemplateData(members: ["event": ["a": "{{event.a}}"], "a": [1, 2]])
        for text in texts(seed: seed) {
            if let template = try? Template(text) {
                let rendered = template.render(data)
                if template.variables.isEmpty, !text.contains("{{") { #expect(rendered == text) }
            }
            if let condition = try? Condition(parsing: text) {
                let again = try? Condition(parsing: condition.description)
                #expect(again?.test == condition.test, "\(text) → \(condition)")
                _ = condition.holds(results: ["a": StepResult(text: text)], event: ["a": .string(text)])
            }
            _ = NumberReading.firstNumber(in: text)
            let clean = CleanText.clean(text)
            #expect(CleanText.clean(clean) == clean)
        }
    }
}
