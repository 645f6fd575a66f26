import Foundation
import JobModel

/// The whole environment of a script: nothing of ours leaks into it.
struct ScriptEnvironment: Sendable {
    /// The kernel refuses a single variable of 128 KiB and more; a larger event is on standard input alone.
    private static let variableLimit = 100 << 10

    let path: String
    /// The store that the runs belong to, by which what is left of them can be found; `nil` names none.
    var store: String?
    var home = FileManager.default.homeDirectoryForCurrentUser.path
    var language = ProcessInfo.processInfo.environment["LANG"] ?? "C.UTF-8"

    /// - Parameter zone: the person's zone; a job with a schedule has that schedule's.
    func variables(_ context: StepContext, script: String, zone: String) -> [String: String] {
        var variables = [
            "PATH": path, "HOME": home, "LANG": language,
            "TZ": Self.posixZone(context.job.schedules.first?.zone ?? zone),
            "ROTA_JOB": Self.value(context.job.name), "ROTA_RUN": String(context.run.id),
            "ROTA_DUE": ISO8601DateFormatter().string(from: context.run.due),
            "ROTA_ATTEMPT": String(context.run.attempt), "ROTA_SCRIPT": script,
        ]
        if let store { variables["ROTA_STORE"] = store }
        if let event = context.run.event?.compactText, event.utf8.count < Self.variableLimit {
            variables["ROTA_EVENT"] = event
        }
        return variables
    }

    private static func value(_ text: String) -> String { text.filter { $0 != "\0" } }

    /// POSIX counts offsets west of Greenwich: `UTC+05:30` is `UTC-05:30` there.
    static func posixZone(_ zone: String) -> String {
        guard zone.hasPrefix("UTC"), let sign = zone.dropFirst(3).first else { return zone }
        return sign == "+" ? "UTC-\(zone.dropFirst(4))" : sign == "-" ? "UTC+\(zone.dropFirst(4))" : zone
    }
}
