import Foundation
import JobModel

/// The settings of one start of the program, checked.
package struct ProgramSettings: Hashable, Sendable {
    /// `nil`: the built-in grammar alone reads sentences.
    package var model: ModelSetting?
    /// The environment variable that holds the model's key.
    package var modelKeyVariable: String?
    /// An IANA name; `nil` where nobody set one (`systemTimeZoneName` then says what the machine uses).
    package var timezone: String?
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

    package init(
        model: ModelSetting? = nil, modelKeyVariable: String? = nil, timezone: String? = nil,
        gateways: [GatewaySetting] = [], calendars: [CalendarSetting] = [], httpGrants: [HostPort] = [],
        schedulerConcurrency: Int = 5, schedulerGrace: TimeInterval = 10, schedulerGroups: [String: Int] = [:],
        retentionDays: Int = 90, retentionRuns: Int = 1000, logLevel: String = "info", logSize: Int = 5_000_000,
        logFiles: Int = 5
    ) {
        self.model = model
        self.modelKeyVariable = modelKeyVariable
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
    }

    /// The model's key: from the variable that the settings name, else `ROTA_MODEL_KEY`, else `OPENAI_API_KEY`.
    ///
    /// `nil` where that variable is unset or empty: servers on one's own machine often ask for none.
    package func modelKey(in environment: [String: String]) -> String? {
        let names = modelKeyVariable.map { [$0] } ?? ["ROTA_MODEL_KEY", "OPENAI_API_KEY"]
        return names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
}

/// A model and where it is served: `openai:NAME@URL`.
package struct ModelSetting: Hashable, Sendable, CustomStringConvertible {
    /// The dialect that the server speaks; only `openai`.
    package let provider: String
    package let name: String
    /// Without a trailing slash, `https://api.openai.com/v1` where none was written.
    package let url: String

    package static let usualURL = "https://api.openai.com/v1"

    /// Reads `openai:NAME` or `openai:NAME@URL`; a name may hold colons (`openai:llama3:8b@http://…`).
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), text[..<colon] == "openai" else { return nil }
        let rest = text[text.index(after: colon)...]
        let mark = rest.range(of: "@http://") ?? rest.range(of: "@https://")
        let name = mark.map { rest[..<$0.lowerBound] } ?? rest
        let address = mark.map { String(rest[rest.index(after: $0.lowerBound)...]) } ?? Self.usualURL
        guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "@" }), WebAddress.isValid(address) else {
            return nil
        }
        provider = "openai"
        self.name = String(name)
        url = address.hasSuffix("/") ? String(address.dropLast()) : address
    }

    package var description: String { "\(provider):\(name)@\(url)" }

    /// Where the server listens.
    package var endpoint: HostPort? { HostPort(of: url) }
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
