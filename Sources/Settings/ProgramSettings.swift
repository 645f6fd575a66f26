import Foundation
import JobModel

/// The settings of one start of the program, checked.
package struct ProgramSettings: Hashable, Sendable {
    package var models: ModelSettings
    /// An IANA name; `nil` where nobody set one (`systemTimeZoneName` then says what the machine uses).
    package var timezone: String?
    package var userName: String?
    package var userEmail: String?
    /// By name.
    package var gateways: [GatewaySetting]
    /// Personas of agents, by name.
    package var agents: [AgentPersona] = []
    /// By name.
    package var calendars: [CalendarSetting]
    /// Local or plain-http addresses that a person allowed.
    package var httpGrants: [HostPort]
    /// Runs at the same time.
    package var schedulerConcurrency: Int
    /// Seconds that a stopping scheduler waits for what still runs.
    package var schedulerGrace: TimeInterval
    /// Runs at the same time by group; a group that is not named has one.
    package var schedulerGroups: [String: Int]
    /// Runs and messages that are over are kept for so many days, and of each job so many runs.
    package var retentionDays: Int
    package var retentionRuns: Int
    /// A level of swift-log: this and worse is logged.
    package var logLevel: String
    /// Bytes of a log file, and how many files are kept.
    package var logSize: Int
    package var logFiles: Int
    /// How much models may cost.
    package var budget: SpendingCaps
    package var limits = ProgramLimits.usual

    package init(
        models: ModelSettings = ModelSettings(), timezone: String? = nil,
        gateways: [GatewaySetting] = [], calendars: [CalendarSetting] = [], httpGrants: [HostPort] = [],
        schedulerConcurrency: Int = 5, schedulerGrace: TimeInterval = 10, schedulerGroups: [String: Int] = [:],
        retentionDays: Int = 90, retentionRuns: Int = 1000, logLevel: String = "info", logSize: Int = 5_000_000,
        logFiles: Int = 5, budget: SpendingCaps = SpendingCaps()
    ) {
        self.models = models
        self.timezone = timezone
        self.gateways = gateways
        self.calendars = calendars
        self.httpGrants = httpGrants
        self.schedulerConcurrency = schedulerConcurrency
        self.schedulerGrace = schedulerGrace
        self.schedulerGroups = schedulerGroups
        self.retentionDays = retentionDays
        self.retentionRuns = retentionRuns
        self.logLevel = logLevel
        self.logSize = logSize
        self.logFiles = logFiles
        self.budget = budget
    }
}

/// A host and a port, as a grant names them: `127.0.0.1:8080`, `[::1]:8080`.
package struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// Lower case, without brackets.
    package let host: String
    package let port: Int

    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        var host = text[..<colon].lowercased()
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = String(host.dropFirst().dropLast()) }
        let forbidden = isBracketed ? "/@[] " : "/@[]: "
        guard !host.isEmpty, !host.contains(where: { forbidden.contains($0) || $0.isWhitespace }) else { return nil }
        self.host = host
        self.port = Int(port)
    }

    /// The endpoint of an http or https address, with the usual port where none is written.
    package init?(of address: String) {
        guard let parts = URLComponents(string: address), let host = parts.host else { return nil }
        let port = parts.port ?? (parts.scheme == "http" ? 80 : 443)
        self.init(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)")
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// What counts as an address of the web: http or https, and a host.
enum WebAddress {
    static func isValid(_ text: String) -> Bool {
        guard let address = URLComponents(string: text), let host = address.host, !host.isEmpty else { return false }
        guard address.user == nil, address.password == nil else { return false }
        return address.scheme == "http" || address.scheme == "https"
    }
}
