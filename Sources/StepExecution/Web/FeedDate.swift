import Foundation
import JobModel

/// Dates of feeds: RFC 3339 and its shorter forms, and RFC 822 with its years of two figures and named zones.
enum FeedDate {
    static func date(_ text: String) -> Date? {
        let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard text.utf8.count <= 60 else { return nil }
        return RFC3339.date(text) ?? day(text) ?? rfc822(text)
    }

    /// `2026-03-27`, `2026-03-27T09:00Z`: forms of ISO 8601 that Dublin Core allows.
    private static func day(_ text: String) -> Date? {
        if text.count == 10 { return RFC3339.date("\(text)T00:00:00Z") }
        guard let match = text.wholeMatch(of: /([0-9-]{10}T[0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})/) else {
            return nil
        }
        return RFC3339.date("\(match.1):00\(match.2)")
    }

    private static func rfc822(_ text: String) -> Date? {
        let form =
            /(?:[A-Za-z]{2,9},? )?([0-9]{1,2}) ([A-Za-z]{3})[a-z]* ([0-9]{2,4}) ([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: (.{1,6}))?/
        guard let match = text.wholeMatch(of: form), let day = Int(match.1), let written = Int(match.3),
            let month = months.firstIndex(of: match.2.lowercased()), let zone = offset(match.7.map(String.init) ?? "UT")
        else { return nil }
        let year = match.3.count > 2 ? written : written < 50 ? 2000 + written : 1900 + written
        let clock = [String(match.4), String(match.5), match.6.map(String.init) ?? "00"].map { two(Int($0) ?? 99) }
        let date = [String(format: "%04d", year), two(month + 1), two(day)].joined(separator: "-")
        return RFC3339.date("\(date)T\(clock.joined(separator: ":"))\(zone)")
    }

    private static func two(_ number: Int) -> String { String(format: "%02d", number) }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static let zones = [
        "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
        "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "BST": 1, "EET": 2, "EEST": 3,
    ]

    /// `+02:00` of `+0200`, `+02:00` or the name of a zone.
    private static func offset(_ zone: String) -> String? {
        if let match = zone.wholeMatch(of: /([+-][0-9]{2}):?([0-9]{2})/) { return "\(match.1):\(match.2)" }
        guard let hours = zones[zone.uppercased()] else { return nil }
        return (hours < 0 ? "-" : "+") + two(abs(hours)) + ":00"
    }
}
