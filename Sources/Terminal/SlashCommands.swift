/// The commands that start with a slash. They stand for plain words and never reach a language model.
package enum SlashCommands {
    /// One command as the table below has it.
    struct Command: Sendable {
        /// Without the slash.
        let name: String
        /// What has to follow it, as the usage shows it; nil when nothing may follow.
        let argument: String?
        let meaning: Meaning
        /// One line for `/help`.
        let summary: String

        var usage: String { argument.map { "/\(name) \($0)" } ?? "/\(name)" }
    }

    enum Meaning: Sendable {
        /// The words that are said instead; the argument follows them.
        case words(String)
        case leave
    }

    /// What a typed line comes to.
    package enum Reading: Equatable, Sendable {
        /// To be said to the conversation.
        case say(String)
        case leave
        /// One sentence for the person; nothing is said.
        case mistake(String)
    }

    static let table: [Command] = [
        Command(name: "help", argument: nil, meaning: .words("help"), summary: "what can be said"),
        Command(name: "jobs", argument: nil, meaning: .words("what is scheduled?"), summary: "all jobs"),
        Command(name: "show", argument: "JOB", meaning: .words("show"), summary: "one job"),
        Command(name: "history", argument: "JOB", meaning: .words("show the history of"), summary: "its last runs"),
        Command(name: "pause", argument: "JOB", meaning: .words("pause"), summary: "hold it until it is resumed"),
        Command(name: "resume", argument: "JOB", meaning: .words("resume"), summary: "let it run again"),
        Command(name: "run", argument: "JOB", meaning: .words("run"), summary: "run it now"),
        Command(name: "delete", argument: "JOB", meaning: .words("delete"), summary: "remove it"),
        Command(name: "undo", argument: nil, meaning: .words("undo"), summary: "take the last change back"),
        Command(name: "redo", argument: nil, meaning: .words("redo"), summary: "make it again"),
        Command(name: "approve", argument: "N", meaning: .words("approve"), summary: "release what waits"),
        Command(name: "reject", argument: "N", meaning: .words("reject"), summary: "drop what waits"),
        Command(
            name: "forecast", argument: nil, meaning: .words("what is next?"),
            summary: "what will run when"),
        Command(name: "inbox", argument: nil, meaning: .words("/inbox"), summary: "the latest outcomes"),
        Command(
            name: "status", argument: nil, meaning: .words("is the scheduler running?"),
            summary: "whether anything runs"),
        Command(
            name: "cost", argument: nil, meaning: .words("what did this cost?"),
            summary: "what models cost, by day and job"),
        Command(name: "why", argument: nil, meaning: .words("/why"), summary: "who read the last request, and why"),
        Command(name: "quit", argument: nil, meaning: .leave, summary: "leave (Ctrl-D does too)"),
    ]

    /// The names with their slash, for completion.
    static var names: [String] { table.map { "/" + $0.name } }

    /// The table as lines, for `/help`.
    package static var overview: [String] {
        let width = table.map(\.usage.count).max() ?? 0
        return table.map { command in
            let gap = String(repeating: " ", count: width - command.usage.count + 2)
            return "  \(command.usage)\(gap)\(command.summary)"
        }
    }

    /// Reads a line that starts with a slash; any other line is said as it is, but for the words with which people
    /// leave other programs.
    package static func read(_ line: String) -> Reading {
        let text = line.trimmed
        guard text.hasPrefix("/") else { return ["quit", "exit"].contains(text.lowercased()) ? .leave : .say(text) }
        let parts = text.dropFirst().split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let name = text.dropFirst().first?.isWhitespace == false ? parts.first.map { $0.lowercased() } ?? "" : ""
        let argument = name.isEmpty || parts.count < 2 ? "" : String(parts[1]).trimmed
        guard let command = table.first(where: { $0.name == name }) else { return .mistake(unknown(name)) }
        return read(command, argument: argument)
    }

    private static func read(_ command: Command, argument: String) -> Reading {
        if command.argument != nil, argument.isEmpty { return .mistake("\(command.usage): which one?") }
        if command.argument == nil, !argument.isEmpty {
            return .mistake("/\(command.name) takes nothing after it; \"\(argument)\" was not read.")
        }
        switch command.meaning {
        case .leave: return .leave
        case .words(let words): return .say(argument.isEmpty ? words : "\(words) \(argument)")
        }
    }

    private static func unknown(_ name: String) -> String {
        if name.isEmpty { return "A slash starts a command; /help lists them." }
        guard let nearest = nearest(to: name) else { return "There is no command /\(name); /help lists them." }
        return "There is no command /\(name). Did you mean /\(nearest)?"
    }

    /// The command that was most likely meant: one that `name` begins, else the one with the fewest wrong letters.
    static func nearest(to name: String) -> String? {
        if let started = table.first(where: { $0.name.hasPrefix(name) }) { return started.name }
        let distances = table.map { (name: $0.name, distance: editDistance($0.name, name)) }
        guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, min(2, best.name.count / 2)) ? best.name : nil
    }

    /// Letters to add, drop, change or swap with their neighbour to turn one word into the other.
    static func editDistance(_ first: String, _ second: String) -> Int {
        let a = Array(first)
        let b = Array(second)
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
