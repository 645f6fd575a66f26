import Foundation
import JobModel

/// One setting: its key, what it takes, and what holds where nobody set it.
package struct SettingDefinition: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case model
        case zone
        case variableName
        case hostPorts
        case wholeNumber(ClosedRange<Int>)
        /// A time such as `10s`, `5m`, `1h`, or a number of seconds.
        case duration(ClosedRange<Int>)
        /// One of these words.
        case word([String])
        /// A number of bytes such as `500kB` or `5MB`.
        case size(ClosedRange<Int>)
        /// `NAME=N` pairs.
        case groupLimits
        case path
        /// A program with arguments.
        case command
        case webAddress
        /// Words on one line.
        case words
        case mailAddress
        /// `Name: value` pairs.
        case headers
        /// An amount such as `0.50`, or `none`.
        case dollars
        /// A whole number from 1, or `none`.
        case count
    }

    /// As in the file, members joined by dots: `scheduler.grace`.
    package let key: String
    package let kind: Kind
    /// `nil` where there is none.
    package let usual: String?
    package let summary: String

    /// `ROTA_SCHEDULER_GRACE` for `scheduler.grace`.
    package var variable: String {
        "ROTA_" + key.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    }

    package var isList: Bool { [.hostPorts, .groupLimits, .headers].contains(kind) }

    /// Every setting with a fixed key; gateways have names of their own (`GatewaySetting`).
    package static let all = models + program + limits

    private static let models: [SettingDefinition] = [
        SettingDefinition(
            key: "model", kind: .model, usual: nil,
            summary: "the model that reads what the built-in grammar does not, PROVIDER:NAME or PROVIDER:NAME@URL"),
        SettingDefinition(
            key: "model_fast", kind: .model, usual: nil, summary: "a cheaper model for the routine work of jobs"),
        SettingDefinition(
            key: "model_fallback", kind: .model, usual: nil, summary: "the model that is asked when the first is out"),
        SettingDefinition(
            key: "model_reads", kind: .word(["needed", "always"]), usual: "needed",
            summary: "whether the model reads only what the grammar does not read exactly, or everything"),
        SettingDefinition(
            key: "model_key_env", kind: .variableName, usual: nil,
            summary: "the environment variable that holds the model's key"),
        SettingDefinition(
            key: "model_key_file", kind: .path, usual: nil,
            summary: "a file that only you may read, whose first line is the model's key"),
        SettingDefinition(
            key: "model_key_command", kind: .command, usual: nil,
            summary: "a program that prints the model's key, such as pass show openai"),
        SettingDefinition(
            key: "model_headers", kind: .headers, usual: "",
            summary: "headers that the model's server gets besides, Name: value"),
        SettingDefinition(
            key: "model_proxy", kind: .webAddress, usual: nil, summary: "a proxy on the way to the model's server"),
        SettingDefinition(
            key: "model_proxy_login_env", kind: .variableName, usual: nil,
            summary: "the environment variable that holds NAME:PASSWORD for the proxy"),
        SettingDefinition(
            key: "model_ca_file", kind: .path, usual: nil,
            summary: "a file of certificates (PEM) that models' servers may be vouched for by, beside the system's"),
    ]

    private static let program: [SettingDefinition] = [
        SettingDefinition(
            key: "user.name", kind: .words, usual: nil, summary: "your name, {{user.name}} in templates"),
        SettingDefinition(
            key: "user.email", kind: .mailAddress, usual: nil, summary: "your address, {{user.email}} in templates"),
        SettingDefinition(
            key: "timezone", kind: .zone, usual: nil, summary: "your time zone; unset, the system's"),
        SettingDefinition(
            key: "http.grants", kind: .hostPorts, usual: "",
            summary: "host:port pairs that jobs may reach although they are local or plain http"),
        SettingDefinition(
            key: "scheduler.concurrency", kind: .wholeNumber(1...64), usual: "5", summary: "runs at the same time"),
        SettingDefinition(
            key: "scheduler.grace", kind: .duration(0...3600), usual: "10s",
            summary: "how long a stopping scheduler waits for what still runs"),
        SettingDefinition(
            key: "scheduler.groups", kind: .groupLimits, usual: "",
            summary: "runs at the same time of the jobs of a group, database=2; a group not named here has one"),
        SettingDefinition(
            key: "retention.days", kind: .wholeNumber(1...3650), usual: "90",
            summary: "days after which runs and messages that are over are deleted"),
        SettingDefinition(
            key: "retention.runs", kind: .wholeNumber(1...1_000_000), usual: "1000",
            summary: "runs of a job that are kept, the newest"),
        SettingDefinition(
            key: "log.level", kind: .word(logLevels), usual: "info", summary: "what goes into scheduler.log, and worse"),
        SettingDefinition(
            key: "log.size", kind: .size(10_000...1_000_000_000), usual: "5MB",
            summary: "how large scheduler.log may be before it is put aside"),
        SettingDefinition(
            key: "log.files", kind: .wholeNumber(1...100), usual: "5",
            summary: "log files that are kept, with the one that is written to"),
        SettingDefinition(
            key: "budget.request", kind: .dollars, usual: "0.50",
            summary: "dollars that one question to a model may cost"),
        SettingDefinition(
            key: "budget.job", kind: .dollars, usual: "1.00",
            summary: "dollars that models may cost a job in a day"),
        SettingDefinition(
            key: "budget.day", kind: .dollars, usual: "5.00", summary: "dollars that models may cost in a day"),
    ]

    /// What `none` stands for is no cap.
    static let noCap = "none"

    package static let logLevels = ["debug", "info", "notice", "warning", "error"]

    package static func named(_ key: String) -> SettingDefinition? { all.first { $0.key == key } }

    /// Whether the value, as text, fits; a list has commas between its items.
    package func accepts(_ value: String) -> Bool {
        switch kind {
        case .model: (try? ModelAddress(value)) != nil
        case .zone: TimeZoneName.exists(value)
        case .variableName: Self.isVariableName(value)
        case .hostPorts: value.isEmpty || Self.items(of: value).allSatisfy { HostPort($0) != nil }
        case .wholeNumber(let allowed): Int(value).map(allowed.contains) ?? false
        case .duration(let allowed): Self.seconds(value).map { allowed.contains($0) } ?? false
        case .word(let words): words.contains(value)
        case .size(let allowed): Self.bytes(value).map { allowed.contains($0) } ?? false
        case .groupLimits: Self.items(of: value).allSatisfy { GroupLimit($0) != nil }
        case .path, .command: !value.allSatisfy(\.isWhitespace)
        case .webAddress: WebAddress.isValid(value)
        case .words: value.count <= 100 && !value.contains(where: \.isNewline)
        case .mailAddress: value.wholeMatch(of: /[^\s@<>,;"]+@[^\s@<>,;"]+/) != nil
        case .headers: Self.items(of: value).allSatisfy { HTTPHeaderSetting($0) != nil }
        case .dollars: value == Self.noCap || Dollars.micro(value) != nil
        case .count: value == Self.noCap || Self.count(value) != nil
        }
    }

    /// What it takes, to follow "it takes".
    package var expected: String {
        switch kind {
        case .model:
            "PROVIDER:NAME or PROVIDER:NAME@URL, such as openai:small@http://127.0.0.1:8080/v1; providers are "
                + ModelProvider.all.map(\.name).joined(separator: ", ")
        case .zone: "the name of a time zone, such as Europe/Berlin or UTC"
        case .variableName: "the name of an environment variable, not the key itself"
        case .hostPorts: "host:port, several with commas between"
        case .wholeNumber(let allowed): "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .duration(let allowed): "a time up to \(allowed.upperBound) seconds, such as 10s, 5m or 1h"
        case .word(let words): "one of \(words.joined(separator: ", "))"
        case .size: "a size from 10kB to 1GB, such as 500kB or 5MB"
        case .groupLimits: "NAME=N, such as database=2, several with commas between"
        case .path: "the path of a file"
        case .words: "up to 100 characters on one line"
        case .mailAddress: "an e-mail address, such as ana@example.test"
        case .command: "a program and its arguments"
        case .webAddress: "an address that begins with https:// or http://"
        case .headers: "Name: value, several with commas between"
        case .dollars: "dollars, such as 0.50 or 5, or none for no cap"
        case .count: "a whole number from 1, or none for no cap"
        }
    }

    /// Items of a list that is written on one line, without the blanks around them.
    package static func items(of list: String) -> [String] {
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// Seconds of `90`, `90s`, `5m` or `1h`; `nil` for anything else.
    package static func seconds(_ text: String) -> Int? {
        let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        guard let last = text.last else { return nil }
        guard let factor = factors[last] else { return digits(text) }
        guard let count = digits(text.dropLast()) else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: factor)
        return overflow ? nil : seconds
    }

    /// Bytes of `10000`, `500kB` or `5MB`, in thousands; `nil` for anything else.
    package static func bytes(_ text: String) -> Int? {
        let units = [("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000)]
        guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }) else { return digits(text) }
        guard let count = digits(text.dropLast(unit.count)) else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: factor)
        return overflow ? nil : bytes
    }

    private static func digits(_ text: some StringProtocol) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    static func isVariableName(_ text: String) -> Bool {
        guard let first = text.first, first == "_" || (first.isASCII && first.isLetter) else { return false }
        return text.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }
}
