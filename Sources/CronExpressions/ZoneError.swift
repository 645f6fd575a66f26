/// A name that is no time zone.
package struct ZoneError: Error, Equatable, Sendable {
    /// The name as given.
    package let identifier: String
    /// The nearest names that exist, best first; may be empty.
    package let suggestions: [String]
    /// A whole sentence that names the bad part and what would be right.
    package let message: String

    package init(identifier: String, suggestions: [String], message: String) {
        self.identifier = identifier
        self.suggestions = suggestions
        self.message = message
    }
}

extension ZoneError {
    /// No zone has this name.
    init(unknown identifier: String) {
        let nearest = ZoneDirectory.nearest(to: identifier)
        let advice: String
        if ZoneDirectory.root == nil {
            advice = "this system has no time zone data; install the package tzdata."
        } else if nearest.isEmpty {
            advice = "write a name like Europe/Berlin, or a fixed offset like UTC+05:30."
        } else {
            advice = "did you mean " + nearest.listed("or") + "?"
        }
        self.init(
            identifier: identifier, suggestions: nearest,
            message: "\"\(identifier.quotable())\" is not a time zone that I know: \(advice)")
    }
}
