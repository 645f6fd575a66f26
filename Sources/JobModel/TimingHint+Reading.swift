import Foundation

/// What the end of a result says about the next run.
package enum HintReading: Hashable, Sendable {
    case hint(TimingHint)
    /// Meant as a hint, and none: why, in one clause.
    case refused(String)

    /// Reads the member `rota` of a JSON object that is the result's last line, or the whole result:
    /// `{"rota": {"next_in": "2h", "reason": "the queue is empty", "expires_in": "6h"}}`, with `next_in`, `interval` or
    /// `pause_for`. `nil` for any other text.
    package init?(_ text: String, source: TimingHint.Source, at now: Date) {
        guard let said = Self.document(in: text)?["rota"] else { return nil }
        guard let members = said.object else {
            self = .refused("the member \"rota\" is no object")
            return
        }
        self = Self.read(members, source: source, at: now)
    }

    /// The result without the line of its hint.
    package static func withoutHint(_ text: String) -> String {
        guard let line = lastLine(of: text), object(line)?["rota"] != nil else { return text }
        var rest = text[..<line.startIndex]
        while rest.last?.isNewline == true { rest.removeLast() }
        return String(rest)
    }

    // MARK: Finding it

    /// Longer documents are results, not hints.
    private static let longest = 64 * 1024

    private static func document(in text: String) -> JSONValue? {
        if let line = lastLine(of: text), let found = object(line), found["rota"] != nil { return found }
        let whole = text.drop(while: \.isWhitespace)
        return whole.contains(where: \.isNewline) ? object(whole) : nil
    }

    private static func lastLine(of text: String) -> Substring? {
        text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
    }

    private static func object(_ text: Substring) -> JSONValue? {
        guard text.first(where: { !$0.isWhitespace }) == "{", text.utf8.count <= longest else { return nil }
        return try? JSONValue(parsing: String(text))
    }

    // MARK: Reading it

    private static let names = ["next_in", "interval", "pause_for"]
    private static let longestReason = 200
    private static let lengths: ClosedRange<TimeInterval> = 0...366 * 86_400
    private static let usualLife: TimeInterval = 86_400

    private static func read(
        _ members: [String: JSONValue], source: TimingHint.Source, at now: Date
    ) -> HintReading {
        let named = names.filter { members[$0].map { !$0.isNull } ?? false }
        guard named.count == 1, let name = named.first, let value = members[name] else {
            return .refused("it names \(named.isEmpty ? "none" : "more than one") of next_in, interval and pause_for")
        }
        guard let seconds = length(value) else { return .refused(bad(name, value)) }
        var life: TimeInterval?
        if let expiry = members["expires_in"], !expiry.isNull {
            guard let seconds = length(expiry) else { return .refused(bad("expires_in", expiry)) }
            life = seconds
        }
        let kind: TimingHint.Kind =
            switch name {
            case "next_in": .next(now + seconds)
            case "interval": .interval(seconds)
            default: .pause(until: now + seconds)
            }
        let usual = name == "interval" ? max(usualLife, seconds) : seconds
        return .hint(
            TimingHint(kind, reason: reason(members["reason"]), source: source, at: now, expires: now + (life ?? usual))
        )
    }

    private static func bad(_ name: String, _ value: JSONValue) -> String {
        "\(clean(value.compactText, 40)) is no length of time for \(name); \"90s\", \"15m\", \"2h\" and \"1d\" are"
    }

    private static func reason(_ value: JSONValue?) -> String {
        let text = clean(value?.plainText ?? "", longestReason)
        return text.isEmpty ? "no reason given" : text
    }

    private static func clean(_ text: String, _ limit: Int) -> String {
        let clean = text.withoutControlCharacters(keepingNewlines: false).trimmingCharacters(in: .whitespaces)
        return clean.count > limit ? "\(clean.prefix(limit))…" : clean
    }

    /// "2h", "15 minutes", or seconds as a number.
    private static func length(_ value: JSONValue) -> TimeInterval? {
        let seconds: TimeInterval? =
            switch value {
            case .number(let number): number
            case .string(let text): DurationWords.seconds(text) ?? worded(text)
            default: nil
            }
        return seconds.flatMap { lengths.contains($0) ? $0 : nil }
    }

    private static func worded(_ text: String) -> TimeInterval? {
        let digits = text.prefix { $0.isNumber || $0 == "." || $0.isWhitespace }
        let unit = text.dropFirst(digits.count).trimmingCharacters(in: .whitespaces).lowercased()
        let words = ["s": ["sec", "second"], "m": ["min", "minute"], "h": ["hour", "hr"], "d": ["day"]]
        let letter = words.first { $0.value.contains(unit) || $0.value.map { $0 + "s" }.contains(unit) }?.key
        return letter.flatMap { DurationWords.seconds(digits + $0) }
    }
}
