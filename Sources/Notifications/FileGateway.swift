import Foundation
import JobModel

/// Appends each delivery to a log file: `2026-03-27T09:00:00+01:00 [Job name] text`.
///
/// Further lines of a text are indented by two spaces, so that a line without indent is always a delivery. The file is
/// made with mode 0600; its folder must exist. A delivery that was written just before a crash may appear twice.
package struct FileGateway: Gateway {
    package let name: String
    private let path: String
    private let zone: TimeZone

    /// `zone` is the IANA name in which times are written; UTC where it is unknown.
    package init(name: String, path: String, zone: String) {
        self.name = name
        self.path = path
        self.zone = TimeZone(identifier: zone) ?? .gmt
    }

    package func deliver(_ delivery: Delivery) async -> DeliveryResult {
        do throws(AppendError) {
            try LogFile.append(Array(entry(for: delivery).utf8), to: path)
            return .sent
        } catch {
            return error.isTransient
                ? .retry(reason: error.reason(path: path), after: nil) : .refused(reason: error.reason(path: path))
        }
    }

    private func entry(for delivery: Delivery) -> String {
        let job = delivery.jobName.withoutControlCharacters(keepingNewlines: false)
        let text = delivery.text.withoutControlCharacters(keepingNewlines: true)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return "\(timestamp(delivery.createdAt)) [\(job)] \(lines.joined(separator: "\n  "))\n"
    }

    private func timestamp(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone))
            .replacing(/Z$/, with: "+00:00")
    }
}
