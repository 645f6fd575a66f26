import JobModel
import Templates

/// What a heartbeat found.
package struct HeartbeatVerdict: Hashable, Sendable {
    package var isAlert: Bool
    /// Of an alert: a word of the playbook's own (`high`), or nothing.
    package var priority: String?
    /// One line.
    package var words: String

    /// What the last step says that says `{status: ok | alert}`: as its data, or as the JSON that a model answered. A
    /// playbook without such a step alerts by what it has to tell, and is well otherwise.
    package init(_ result: RunResult) {
        let said = result.steps.reversed().lazy.filter { $0.state == .succeeded }.compactMap { Self.verdict($0.result) }
        if let verdict = said.first {
            self = verdict
        } else {
            let words = result.messages.map { CleanText.firstLine(of: $0.text) }.filter { !$0.isEmpty }
            self.init(isAlert: !words.isEmpty, words: words.joined(separator: "; "))
        }
    }

    init(isAlert: Bool, priority: String? = nil, words: String) {
        self.isAlert = isAlert
        self.priority = priority
        self.words = words
    }

    private static func verdict(_ result: StepResult?) -> HeartbeatVerdict? {
        guard let result else { return nil }
        let data =
            result.value ?? (result.text.utf8.first == UInt8(ascii: "{") ? try? JSONValue(parsing: result.text) : nil)
        guard let status = data?["status"]?.string, ["ok", "alert"].contains(status) else { return nil }
        let words = CleanText.firstLine(of: CleanText.clean(data?["message"]?.plainText ?? ""))
        let priority = CleanText.firstLine(of: CleanText.clean(data?["priority"]?.plainText ?? ""), limit: 20)
        return HeartbeatVerdict(
            isAlert: status == "alert", priority: priority.isEmpty || status == "ok" ? nil : priority, words: words)
    }

    /// "ok", "ok: 12 % free", "alert (high): the disk is full".
    package var line: String {
        let head = (isAlert ? "alert" : "ok") + (priority.map { " (\($0))" } ?? "")
        return words.isEmpty ? head : "\(head): \(words)"
    }
}

/// The same alert, run after run, as the last run of a heartbeat kept it behind its verdict.
struct HeartbeatStreak {
    /// The verdict's line.
    var line: String
    var count: Int
    /// RFC 3339.
    var since: String

    init(line: String, count: Int, since: String) {
        self.line = line
        self.count = count
        self.since = since
    }

    /// `nil` for a run that was well, or kept something else.
    init?(output: String?) {
        let lines = (output ?? "").split(separator: "\n")
        guard lines.count == 2, lines[0].hasPrefix("alert") else { return nil }
        let words = lines[1].split(separator: " ")
        guard words.count == 4, words[1].hasPrefix("time"), words[2] == "since", let count = Int(words[0]) else {
            return nil
        }
        self.init(line: String(lines[0]), count: count, since: String(words[3]))
    }

    var output: String { "\(line)\n\(count) \(count == 1 ? "time" : "times") since \(since)" }

    /// The same apart from its figures: a disk that fills is one alert, whatever it says each time.
    func isSame(as other: String) -> Bool { Self.withoutFigures(line) == Self.withoutFigures(other) }

    private static func withoutFigures(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isNumber {
                if result.last != "0" { result.append("0") }
            } else if !(".,".contains(character) && result.last == "0") {
                result.append(character)
            }
        }
        return result
    }
}
