extension CronExpression {
    /// The expression in English: "Every weekday at 09:00".
    package var explanation: String { Self.explanation(of: [self]) }

    /// Several expressions in one sentence; those that differ in their fixed times only are told together.
    ///
    /// - Parameter beforeStart: a start with a time of day of its own follows ("…, from 1 June 2026 at 13:00"), so that a
    ///   frequency must say that it keeps to the clock instead of counting from that time.
    package static func explanation(of expressions: [CronExpression], beforeStart: Bool = false) -> String {
        var groups: [(days: DayWording, times: [ClockTime])] = []
        var parts: [String] = []
        for expression in expressions {
            guard let syntax = expression.syntax else {
                parts.append("When the scheduler starts")
                continue
            }
            let days = DayWording(syntax)
            let isAlone = days.trailing == nil && expressions.count == 1
            let times = TimeWording(syntax, isAlone: isAlone, beforeStart: beforeStart)
            guard case .at(let clocks) = times.kind, times.seconds == nil, times.clockRule == nil else {
                parts.append(sentence(days, times))
                continue
            }
            if let index = groups.firstIndex(where: { $0.days == days }) {
                groups[index].times += clocks
            } else {
                groups.append((days, clocks))
            }
        }
        parts = groups.map { "\($0.days.lead) at \(list($0.times))" } + parts
        return parts.enumerated().map { $0.offset == 0 ? $0.element : $0.element.uncapitalized }.joined(
            separator: ", and ")
    }

    private static func sentence(_ days: DayWording, _ times: TimeWording) -> String {
        let words: [String?]
        switch times.kind {
        case .at(let clocks): words = ["\(days.lead) at \(list(clocks))", times.seconds, times.clockRule]
        case .every(let frequency): words = [frequency, times.seconds, days.trailing, times.clockRule]
        }
        return words.compactMap(\.self).joined(separator: ", ")
    }

    private static func list(_ times: [ClockTime]) -> String { Set(times).sorted().map(\.text).listed() }
}

/// A time of day in an explanation.
struct ClockTime: Hashable, Comparable {
    /// Since midnight.
    var seconds: Int

    var text: String {
        let parts = [seconds / 3_600, seconds / 60 % 60] + (seconds % 60 == 0 ? [] : [seconds % 60])
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    static func < (left: ClockTime, right: ClockTime) -> Bool { left.seconds < right.seconds }
}

extension String {
    /// With a small first letter, unless it is a name that keeps its own.
    var uncapitalized: String {
        let starts = ["Every", "On", "At", "When"]
        guard let word = split(separator: " ").first, starts.contains(String(word)) else { return self }
        return word.lowercased() + dropFirst(word.count)
    }
}

extension CronFieldSyntax {
    /// The plain values in ascending order; Sunday is 7 in the day of the week.
    var values: [Int] {
        let bits = bits
        let all = (0..<64).filter { bits >> UInt64($0) & 1 == 1 }
        return field == .dayOfWeek ? all.map { $0 == 0 ? 7 : $0 }.sorted() : all
    }
}
