import Foundation

/// Why an event from outside is not taken. Messages are whole sentences.
package enum ExternalEventError: Error, Hashable, Sendable {
    case name(EventNameError)
    case notAnObject
    /// In bytes, as compact JSON.
    case tooLarge(Int)

    package var message: String {
        switch self {
        case .name(let error): error.message
        case .notAnObject: "The event's data are no JSON object such as {\"title\": \"Printer on fire\"}."
        case .tooLarge(let bytes):
            "The event's data have \(bytes / 1024) KiB; at most \(Event.largestData / 1024) KiB are taken. "
                + "Put the large part into a file and its path into the data."
        }
    }
}

extension Event {
    /// Bytes of an event's data as compact JSON.
    package static let largestData = 256 * 1024

    /// An event that a person, a program or a web hook tells of.
    package static func external(
        name: String, data: JSONValue, at date: Date
    ) throws(ExternalEventError) -> Event {
        let checked: EventName
        do throws(EventNameError) { checked = try EventName(name) } catch { throw .name(error) }
        guard data.object != nil else { throw .notAnObject }
        let bytes = data.compactText.utf8.count
        guard bytes <= largestData else { throw .tooLarge(bytes) }
        return Event(name: checked.description, at: date, data: data)
    }
}
