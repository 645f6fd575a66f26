import IntentContract
import ScheduleLanguage

/// "tomorrow's standup" is the standup, of tomorrow; "last night's import" is the import, of last night.
enum PossessiveDay {
    private static let days: Set<String> = [
        "today", "tonight", "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday", "night", "week", "month", "morning", "evening", "afternoon", "weekend",
    ]

    /// The intent about the job alone, its day where days are said; other intents stay as they are.
    static func taken(from intent: Intent) -> Intent {
        guard let job = intent.job, let (day, name) = split(job.words) else { return intent }
        switch intent {
        case .jobHistory(var body) where body.span == nil:
            (body.job, body.span) = (JobReference(name, all: job.all), day)
            return .jobHistory(body)
        case .snoozeJob(var body) where body.until == nil:
            (body.job, body.until) = (JobReference(name, all: job.all), day)
            return .snoozeJob(body)
        default: return intent
        }
    }

    /// "monday" of "monday's run".
    static func day(of words: String) -> String? { split(words)?.day }

    private static func split(_ words: String) -> (day: String, name: String)? {
        let parts = words.replacing("’s ", with: "'s ").split(separator: "'s ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        var day = parts[0].lowercased().split(separator: " ").map(String.init)
        guard let last = day.last, day.count <= 2 else { return nil }
        day[day.count - 1] = Spelling.mended(last, isName: false) ?? last
        guard days.contains(day[day.count - 1]), day.count == 1 || ["last", "this", "next"].contains(day[0]) else {
            return nil
        }
        return (day.joined(separator: " "), parts[1])
    }
}
