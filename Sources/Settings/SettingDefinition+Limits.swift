import JobModel

/// Caps that are not money. Their defaults are such that no normal use meets them.
extension SettingDefinition {
    static let limits: [SettingDefinition] =
        counts("budget.calls", "questions to models", .usualCalls) + counts("budget.tokens", "tokens", .usualTokens) + [
            SettingDefinition(
                key: "limits.steps", kind: .count, usual: String(ProgramLimits.usual.steps ?? 0),
                summary: "steps that a job may have, checked when it is planned"),
            SettingDefinition(
                key: "limits.messages", kind: .count, usual: String(ProgramLimits.usual.messages ?? 0),
                summary: "messages that one recipient gets in an hour; further ones are told as their number"),
        ]

    private static func counts(_ key: String, _ what: String, _ usual: CountCaps) -> [SettingDefinition] {
        let spans = [
            ("request", usual.request, "of one sentence or one run"), ("job", usual.job, "of one job in a day"),
            ("day", usual.day, "of everything in a day"),
        ]
        return spans.map { span, value, words in
            SettingDefinition(
                key: "\(key).\(span)", kind: .count, usual: value.map { String($0) } ?? noCap,
                summary: "\(what) \(words), at most")
        }
    }

    /// Up to a billion: sums of it stay far from what an integer holds.
    static func count(_ text: String) -> Int? {
        guard text.count <= 10, text.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(text),
            (1...1_000_000_000).contains(count)
        else { return nil }
        return count
    }
}

/// What jobs may not go beyond; `nil` is no limit.
package struct ProgramLimits: Hashable, Sendable {
    /// Steps of one job.
    package var steps: Int?
    /// Messages to one recipient in an hour.
    package var messages: Int?

    package static let usual = ProgramLimits(steps: 50, messages: 120)

    package init(steps: Int?, messages: Int?) {
        self.steps = steps
        self.messages = messages
    }

    init(checked values: [String: String]) {
        func count(_ name: String) -> Int? { values["limits.\(name)"].flatMap(SettingDefinition.count) }
        self.init(steps: count("steps"), messages: count("messages"))
    }
}

extension CountCaps {
    /// - Parameter key: `budget.calls`.
    init(checked values: [String: String], _ key: String) {
        func count(_ span: String) -> Int? { values["\(key).\(span)"].flatMap(SettingDefinition.count) }
        self.init(request: count("request"), job: count("job"), day: count("day"))
    }
}
