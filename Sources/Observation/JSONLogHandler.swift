import Foundation
import Logging

/// Writes log records to a file, one JSON object a line. Whoever logs never waits for the disk.
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let file: RotatingLogFile
    private let now: @Sendable () -> Date

    package init(
        label: String, file: RotatingLogFile, level: Logger.Level = .info,
        now: @escaping @Sendable () -> Date = Date.init
    ) {
        self.label = label
        self.file = file
        self.now = now
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        for more in [metadataProvider?.get(), event.metadata] {
            if let more { all.merge(more) { $1 } }
        }
        if let error = event.error { all["error"] = .string("\(error)") }
        let line = LogLine(
            time: now(), level: event.level, label: label, message: event.message.description, metadata: all)
        file.append(Array(line.text.utf8))
    }
}

extension RotatingLogFile {
    /// A log whose losses are told by a record of the same form.
    package static func ofJSON(
        at path: String, limits: Limits, now: @escaping @Sendable () -> Date = Date.init
    ) -> RotatingLogFile {
        RotatingLogFile(path: path, limits: limits) { lost in
            let line = LogLine(
                time: now(), level: .warning, label: "rota.log", message: "log lines were lost",
                metadata: ["lost": .stringConvertible(lost)])
            return Array(line.text.utf8)
        }
    }
}
