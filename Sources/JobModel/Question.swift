/// One open point that only the person can settle.
package struct Question: Codable, Hashable, Sendable {
    /// What it is about, as the batch formats name it.
    package enum About: String, Codable, Sendable {
        case amPM = "am_pm"
        case dateOrder = "date_order"
        case past
        case missingTime = "missing_time"
        case missingMeasure = "missing_measure"
        case zone, job, gateway, calendar, other
    }

    package var about: About
    package var text: String
    /// The likely answers, in the words that settle it.
    package var options: [String]

    package init(about: About, text: String, options: [String] = []) {
        self.about = about
        self.text = text
        self.options = options
    }
}
