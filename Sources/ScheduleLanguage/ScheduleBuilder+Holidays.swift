import Foundation
import JobModel

/// Which calendar "holidays" means, and the random delay.
extension ScheduleBuilder {
    /// What "except on holidays" leaves out; asks where it is not clear which calendar is meant.
    func holidays() throws(MomentProblem) -> [Exclusion] {
        var found: [Exclusion] = []
        for mention in expression.exceptions.flatMap(\.holidays) {
            switch try calendar(of: mention).content {
            case .success(let calendar): found.append(.holidays(calendar))
            case .failure(let problem): throw .failure(problem)
            }
        }
        return found
    }

    /// By name; else the one that an answer chose, the only one, or the one that is called `holidays`.
    private func calendar(of mention: HolidayMention) throws(MomentProblem) -> PhraseCalendar {
        guard let calendars = context.calendars else { throw Self.noCalendars }
        guard !calendars.isEmpty else { throw Self.noneConfigured }
        if let named = calendars.first(where: { mention.names($0.name) }) { return named }
        if let chosen = calendars.first(where: { $0.name == context.holidays }) { return chosen }
        if mention.isGeneral {
            if calendars.count == 1 { return calendars[0] }
            if let usual = calendars.first(where: { $0.name == "holidays" }) { return usual }
        }
        let which = mention.isGeneral ? "Which holidays?" : "I know no calendar \"\(mention.text)\". Which holidays?"
        throw .question(Question(about: .calendar, text: which, options: calendars.map(\.name)))
    }

    private static let noCalendars = MomentProblem.question(
        Question(about: .calendar, text: "Which holidays? Name a calendar file (iCalendar).", options: []))
    private static let noneConfigured = MomentProblem.question(
        Question(
            about: .calendar,
            text: "Which holidays? Name a calendar file (iCalendar) with \"rota config set calendars.holidays PATH\", "
                + "and say it again.", options: []))

    // MARK: The random delay

    /// The delay's seed follows from the schedule and the moment at which it is made, so that two jobs of the same words
    /// differ.
    func jitter(for schedule: Schedule) throws(MomentProblem) -> Jitter? {
        guard let seconds = expression.jitter else { return nil }
        guard schedule.kind != .event, Jitter.allowed.contains(seconds) else {
            throw Self.unsupported("this random delay")
        }
        let made = Int64((context.now.timeIntervalSince1970 * 1000).rounded())
        var jitter = Jitter(seconds: seconds, seededBy: "\(made) \(schedule.zone) \(Self.expressions(of: schedule))")
        jitter.since = context.now
        return jitter
    }

    private static func expressions(of schedule: Schedule) -> String {
        guard case .cron(let expressions) = schedule.pattern else { return "" }
        return expressions.map(\.text).joined(separator: " ")
    }
}

extension HolidayMention {
    /// Words that go with any calendar of holidays.
    private static let general: Set<String> = [
        "public", "bank", "national", "federal", "state", "official", "legal", "statutory",
    ]

    /// No particular calendar is named.
    var isGeneral: Bool { words.allSatisfy(Self.general.contains) }

    /// "german", as said.
    var text: String { words.filter { !Self.general.contains($0) }.joined(separator: " ") }

    /// The words are this calendar's name: "bank", "north rhine" for `north-rhine`, "german" for `german-holidays`.
    func names(_ calendar: String) -> Bool {
        let name = Self.letters(calendar)
        let said = [words, words.filter { !Self.general.contains($0) }].map { Self.letters($0.joined()) }
        return said.contains { !$0.isEmpty && ($0 == name || $0 + "holidays" == name) }
    }

    private static func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
