import Foundation
import JobModel
import Logging

/// One log record as one line of JSON: `time`, `level`, `label` and `message`, then its metadata in order of name.
///
/// No text can steer a terminal or begin another line: control characters are taken out.
package struct LogLine: Sendable {
    /// Characters of one text; a longer one is cut, so that no record floods the log.
    static let longestText = 4000
    private static let fixed: Set<String> = ["time", "level", "label", "message"]

    package var time: Date
    package var level: Logger.Level
    package var label: String
    package var message: String
    package var metadata: Logger.Metadata

    package init(time: Date, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata = [:]) {
        self.time = time
        self.level = level
        self.label = label
        self.message = message
        self.metadata = metadata
    }

    package var text: String {
        let head: [(String, JSONValue)] = [
            ("time", .string(RFC3339.text(time, fraction: .milliseconds))), ("level", .string(level.rawValue)),
            ("label", .string(Self.clean(label))), ("message", .string(Self.clean(message))),
        ]
        // A member of the line itself is never replaced by metadata of the same name.
        let rest = metadata.map { key, value in
            (Self.fixed.contains(key) ? "metadata.\(key)" : Self.clean(key), Self.json(value))
        }.sorted { $0.0 < $1.0 }
        let members = (head + rest).map { "\(JSONValue.string($0.0).compactText):\($0.1.compactText)" }
        return "{\(members.joined(separator: ","))}"
    }

    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): .string(clean(text))
        case .stringConvertible(let value as Bool): .bool(value)
        case .stringConvertible(let value as any BinaryInteger): .number(Double(value))
        case .stringConvertible(let value as any BinaryFloatingPoint): .number(rounded(Double(value)))
        case .stringConvertible(let value): .string(clean(value.description))
        case .array(let elements): .array(elements.map(json))
        case .dictionary(let members):
            .object(Dictionary(members.map { (clean($0.key), json($0.value)) }, uniquingKeysWith: { $1 }))
        }
    }

    /// Milliseconds are enough, and read better than seventeen digits.
    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    private static func clean(_ text: String) -> String {
        let shown = text.withoutControlCharacters(keepingNewlines: false)
        return shown.count > longestText ? shown.prefix(longestText) + "…" : shown
    }
}
