import JobModel

/// A calendar of holidays that a sentence can mean, or why its file cannot be used.
package struct PhraseCalendar: Hashable, Sendable {
    /// As the settings call it.
    package var name: String
    package var content: Result<HolidayCalendar, PhraseError>

    package init(_ calendar: HolidayCalendar) {
        name = calendar.name
        content = .success(calendar)
    }

    /// - Parameter problem: a whole sentence that names the file.
    package init(name: String, problem: String) {
        self.name = name
        content = .failure(PhraseError(code: "calendar_unreadable", message: problem))
    }
}
