import Foundation
import JobModel
import ScheduleLanguage

/// Any text as words about time, and what it comes to.
enum PhraseFuzz {
    private static let now = Date(timeIntervalSince1970: 1_774_598_100)
    private static let parsers = [
        PhraseParser(context: PhraseContext(now: now, zone: "Europe/Berlin")),
        PhraseParser(
            context: PhraseContext(now: now, zone: "America/New_York", hourHabit: .pm, dateOrder: .monthFirst)),
    ]

    static func run(_ text: String) -> CInt {
        for parser in parsers {
            switch parser.parse(text) {
            case .schedule(let schedule): check(schedule)
            case .question(let question): promise(!question.text.isEmpty, "an empty question")
            case .failure(let error):
                promise(!error.message.isEmpty, "no message")
                let length = text.unicodeScalars.count
                if let range = error.range { promise(range.upperBound <= length, "an error beside the text") }
            }
        }
        return 0
    }

    private static func check(_ schedule: Schedule) {
        var last = now
        for occurrence in schedule.occurrences(after: now, limit: 5) {
            promise(occurrence > last, "no later occurrence")
            last = occurrence
        }
        promise(!schedule.text.isEmpty, "a schedule without words")
        _ = schedule.previous(before: now)
    }
}
