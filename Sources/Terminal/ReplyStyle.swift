import Conversation

/// How replies and outcomes look on the terminal.
struct ReplyStyle: Sendable {
    let color: Bool

    /// The lines of a reply, its question last.
    func lines(of reply: Reply) -> [String] {
        var lines = reply.lines.flatMap(PrintableText.lines)
        if let question = reply.question {
            lines.append(bold("? \(PrintableText.line(question.line))"))
        }
        return lines
    }

    /// An outcome; its leading time is dim ("09:00:03 [1] Backup done").
    func outcome(_ text: String) -> [String] {
        var lines = PrintableText.lines(text)
        let time = lines[0].prefix { $0.isNumber || $0 == ":" }
        if time.count >= 5, time.contains(":") {
            lines[0] = dim(String(time)) + lines[0].dropFirst(time.count)
        }
        return lines
    }

    /// A remark of the terminal itself.
    func hint(_ text: String) -> String { dim(PrintableText.line(text)) }

    func plain(_ lines: [String]) -> [String] { lines.flatMap(PrintableText.lines) }

    private func dim(_ text: String) -> String { color ? "\u{1B}[2m\(text)\u{1B}[22m" : text }
    private func bold(_ text: String) -> String { color ? "\u{1B}[1m\(text)\u{1B}[22m" : text }
}
