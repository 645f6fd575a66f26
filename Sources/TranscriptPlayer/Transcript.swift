import Foundation

/// A conversation with its world, as written in a `*.talk` file.
package struct Transcript: Hashable, Sendable {
    package enum Marker: String, Sendable, CaseIterable {
        case comment = "#"
        case said = ">"
        case continued = ">."
        case intent = "="
        case reply = "<"
        case question = "?"
        case clock = "@"
        case world = "!"
        case outcome = "*"
        case notification = "~"
        case command = "$"

        /// Lines that make something happen; what follows them is what must come of it.
        var isStimulus: Bool { [.said, .clock, .world, .command].contains(self) }
    }

    package struct Line: Hashable, Sendable {
        /// From 1.
        package var number: Int
        /// `nil` for empty lines, settings, exit codes and wildcards.
        package var marker: Marker?
        package var text: String
        package var raw: String
    }

    /// Something that happens, and the lines that must come of it.
    package struct Block: Hashable, Sendable {
        package var stimulus: Line
        /// What was said, with its continuations; else the stimulus' own text.
        package var text: String
        /// The exit code that a command's own line names behind it (`$ rota "pause it" [4]`).
        package var exit: Int32?
        /// `=`, `<`, `?`, `*`, `~`, `[n]` and `...`, in order.
        package var expected: [Line]
        /// Where the expected lines stand in the file: from the line after the stimulus.
        package var range: Range<Int>
    }

    package var settings: [(key: String, value: String)] { head.map { ($0.key, $0.value) } }
    package var head: [Setting]
    package var blocks: [Block]
    package var lines: [Line]

    package struct Setting: Hashable, Sendable {
        package var number: Int
        package var key: String
        package var value: String
    }

    package func setting(_ key: String) -> String? { head.last { $0.key == key }?.value }
}

/// A line of a transcript that cannot be read.
package struct TranscriptSyntaxError: Error, Hashable, Sendable {
    package var line: Int
    package var message: String
}

extension Transcript {
    static let settingKeys: Set<String> = ["clock", "tz", "interpreter", "fallback", "gateway", "grant", "calendar"]

    package init(parsing text: String) throws(TranscriptSyntaxError) {
        var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if rows.last?.isEmpty == true { rows.removeLast() }
        head = []
        blocks = []
        lines = []
        for (index, raw) in rows.enumerated() {
            let line = try Self.line(raw, number: index + 1)
            lines.append(line)
            try add(line)
        }
    }

    private static func line(_ raw: String, number: Int) throws(TranscriptSyntaxError) -> Line {
        let trimmed = raw.trimmingCharacters(in: .whitespaces)
        if trimmed.isEmpty || trimmed == "..." || trimmed.hasPrefix("set ") || exitCode(trimmed) != nil {
            return Line(number: number, marker: nil, text: trimmed, raw: raw)
        }
        let word = String(raw.prefix { $0 != " " })
        guard let marker = Marker(rawValue: word) else {
            throw TranscriptSyntaxError(
                line: number,
                message:
                    "\"\(word.prefix(20))\" is no marker; a line begins with one of # > >. = < ? @ ! * ~ $ and a space, "
                    + "or is [n], ... or a setting")
        }
        return Line(
            number: number, marker: marker, text: String(raw.dropFirst(word.count).drop { $0 == " " }), raw: raw)
    }

    /// `[3]` as a line of its own: the exit code of the command above.
    static func exitCode(_ text: String) -> Int32? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
        return Int32(text.dropFirst().dropLast())
    }

    /// A command, and the exit code at its end where there is one.
    private static func command(_ text: String) -> (String, Int32?) {
        guard let space = text.lastIndex(of: " "), let exit = exitCode(String(text[space...].dropFirst())) else {
            return (text, nil)
        }
        return (String(text[..<space]), exit)
    }

    private mutating func add(_ line: Line) throws(TranscriptSyntaxError) {
        guard let marker = line.marker else { return try addUnmarked(line) }
        switch marker {
        case .comment: return
        case .continued:
            guard let last = blocks.last, last.stimulus.marker == .said, last.expected.isEmpty else {
                throw TranscriptSyntaxError(
                    line: line.number, message: "\">.\" goes on with a \">\" line right above it")
            }
            blocks[blocks.count - 1].text += "\n" + line.text
            blocks[blocks.count - 1].range = line.number..<line.number
        case _ where marker.isStimulus:
            let (text, exit) = marker == .command ? Self.command(line.text) : (line.text, nil)
            blocks.append(
                Block(stimulus: line, text: text, exit: exit, expected: [], range: line.number..<line.number))
        default: try expect(line)
        }
    }

    private mutating func addUnmarked(_ line: Line) throws(TranscriptSyntaxError) {
        if line.text.isEmpty { return }
        guard line.text.hasPrefix("set ") else { return try expect(line) }
        guard blocks.isEmpty else {
            throw TranscriptSyntaxError(
                line: line.number, message: "\"set\" lines stand at the top, before anything happens")
        }
        let parts = line.text.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count == 3, Self.settingKeys.contains(parts[1]) else {
            let known = Self.settingKeys.sorted().joined(separator: ", ")
            throw TranscriptSyntaxError(
                line: line.number, message: "a setting is \"set KEY VALUE\" with one of \(known)")
        }
        head.append(Setting(number: line.number, key: parts[1], value: parts[2]))
    }

    private mutating func expect(_ line: Line) throws(TranscriptSyntaxError) {
        guard !blocks.isEmpty else {
            throw TranscriptSyntaxError(line: line.number, message: "nothing has happened yet that this could come of")
        }
        blocks[blocks.count - 1].expected.append(line)
        blocks[blocks.count - 1].range = blocks[blocks.count - 1].range.lowerBound..<line.number
    }
}
