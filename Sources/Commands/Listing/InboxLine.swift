import Conversation
import Foundation
import JobModel
import Planning

/// An outcome on one line of the inbox, with its day: it may be from last week.
enum InboxLine {
    static func text(_ message: Message, zone: String, now: Date) -> String {
        let text = OccurrenceText(zone: zone)
        return "\(text.day(message.at, now: now)) \(OutcomeLines.line(message, zone: zone))"
    }
}
