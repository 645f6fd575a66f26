import Foundation
import IntentContract
import JobModel

/// What a model is told beside its instructions: everything that changes stands here, so that those can be cached.
///
/// What changes least comes first, the clock last. Too much is cut from the oldest end, and what the request itself names
/// is kept longest.
struct ModelInput {
    let text: String

    /// Bytes of it all; three of them are about one token.
    private static let budget = 9_000
    private static let mostJobs = 200
    private static let turnLimit = 600

    init(text: String, context: InterpretationContext) {
        let request = "Request: \(JSONValue.string(text).compactText)"
        let clock = Self.clock(context)
        var left = Self.budget - request.utf8.count - clock.utf8.count
        var lines: [String] = []
        for line in Self.surroundings(of: text, context) where line.utf8.count < left {
            lines.append(line)
            left -= line.utf8.count + 1
        }
        self.text = (lines + [request, clock]).joined(separator: "\n")
    }

    static func repair(of input: String, answer: String, problem: String) -> String {
        """
        \(input)

        Your last answer was:
        \(answer.prefix(2000))

        It is not valid: \(problem)
        Answer again with one JSON document that follows the schema.
        """
    }

    private static func surroundings(of text: String, _ context: InterpretationContext) -> [String] {
        var lines: [String] = []
        if !context.habits.isEmpty { lines.append("Settings: " + context.habits.joined(separator: "; ")) }
        if !context.gateways.isEmpty { lines.append("Gateways: " + context.gateways.joined(separator: ", ")) }
        if let jobs = jobs(for: text, context.jobs) { lines.append(jobs) }
        // The latest first: what is older falls off the budget, and order is restored by the numbers.
        let turns = context.turns.suffix(4).reversed().enumerated().map { age, turn in
            "Earlier (\(age + 1) back) the person said \(quoted(turn.said)) and was answered \(quoted(turn.answered))"
        }
        lines += turns
        if !context.outcomes.isEmpty {
            lines.append("Outcomes: " + context.outcomes.suffix(6).map(quoted).joined(separator: "; "))
        }
        return lines
    }

    /// Jobs whose names share a word with the request come first.
    private static func jobs(for text: String, _ jobs: [InterpretationContext.KnownJob]) -> String? {
        guard !jobs.isEmpty else { return nil }
        let said = HeardWords.words(of: text)
        let (near, far) = (
            jobs.filter { !said.isDisjoint(with: HeardWords.words(of: $0.name)) },
            jobs.filter { said.isDisjoint(with: HeardWords.words(of: $0.name)) }
        )
        var room = budget / 2
        let named = (near + far).prefix(mostJobs).map { "\(quoted($0.name)) (\($0.schedule))" }.prefix { entry in
            room -= entry.utf8.count + 2
            return room > 0
        }
        let rest = jobs.count - named.count
        return "Jobs: " + named.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
    }

    /// "Now: Tuesday 2026-11-24 17:30 in Europe/Berlin (UTC+01:00)."
    private static func clock(_ context: InterpretationContext) -> String {
        let zone = TimeZone(identifier: context.zone) ?? .gmt
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: context.now)
        let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
        let day = days[((parts.weekday ?? 1) - 1) % 7]
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let offset = zone.secondsFromGMT(for: context.now) / 60
        let sign = offset < 0 ? "-" : "+"
        return "Now: \(day) \(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) "
            + "\(two(parts.hour)):\(two(parts.minute)) in \(context.zone) "
            + "(UTC\(sign)\(two(abs(offset) / 60)):\(two(abs(offset) % 60)))."
    }

    /// As a JSON string, cut: what people type cannot break out of its line.
    private static func quoted(_ text: String) -> String {
        JSONValue.string(String(text.prefix(turnLimit))).compactText
    }
}
