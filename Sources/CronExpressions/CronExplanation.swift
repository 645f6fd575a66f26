extension CronExpression {
    /// The expression in English: "Every weekday at 09:00".
    package var explanation: String { Self.explanation(of: [self]) }

    /// Several expressions in one sentence; those that differ in their times only are told together.
    package static func explanation(of expressions: [CronExpression]) -> String {
        var groups: [(days: DayWording, times: [ClockTime])] = []
        var parts: [String] = []
        for expression in expressions {
            guard let syntax = expression.syntax else {
                parts.append("When the scheduler starts")
                continue
            }
            let days = DayWording(syntax)
            switch TimeWording(syntax) {
            case .at(let times):
                if let index = groups.firstIndex(where: { $0.days == days }) {
                    groups[index].times += times
                } else {
                    groups.append((days, times))
                }
            case .every(let words): parts.append(days.trailing.map { "\(words), \($0)" } ?? words)
            }
        }
        parts = groups.map { "\($0.days.lead) at \(Set($0.times).sorted().map(\.text).listed())" } + parts
        return parts.enumerated().map { $0.offset == 0 ? $0.element : $0.element.uncapitalized }.joined(
            separator: ", and ")
    }
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

    /// `*/n` with an `n` that divides the field evenly, so that the steps go on across its end.
    var evenStep: Int? {
        guard items.count == 1, case .all(let step) = items[0], field.allowed.count % step == 0 else { return nil }
        return step
    }

    /// The only item, if it is a range.
    var onlyRange: (from: Int, to: Int, step: Int)? {
        guard items.count == 1, case .range(let from, let to, let step) = items[0] else { return nil }
        return (from, to, step)
    }
}
