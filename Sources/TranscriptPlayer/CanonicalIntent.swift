import Foundation
import IntentContract
import JobModel

/// Intents as `=` lines write them: the name, then one JSON object, or `key=value …` in sorted order.
package enum CanonicalIntent {
    package static func text(_ intent: Intent) -> String {
        let members = document(intent)
        guard !members.isEmpty else { return intent.name }
        let isFlat = members.values.allSatisfy { value in
            switch value {
            case .object, .array: false
            default: true
            }
        }
        guard isFlat else { return "\(intent.name) \(JSONValue.object(members).compactText)" }
        let pairs = members.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.word($0.value))" }
        return ([intent.name] + pairs).joined(separator: " ")
    }

    /// The members that say what is meant; names that only the program chose are left out.
    static func document(_ intent: Intent) -> [String: JSONValue] {
        var members = ((try? JSONValue(encoding: intent)) ?? .null).object ?? [:]
        members["intent"] = nil
        members["name"] = nil
        members = members.filter { !$0.value.isNull && $0.value.array?.isEmpty != true }
        if case .createPlaybook(let body) = intent {
            members["has_condition"] = .bool(body.steps.contains { $0.when != nil })
            members["steps"] = .array(body.steps.map(step))
            let recipients = Set(body.deliver + body.steps.flatMap(\.to)).sorted()
            members["deliver"] = recipients.isEmpty ? nil : .array(recipients.map(JSONValue.string))
        }
        return members
    }

    private static func step(_ step: StepIntent) -> JSONValue {
        var members = ((try? JSONValue(encoding: step.action)) ?? .null).object ?? [:]
        members["action"] = members.removeValue(forKey: "type")
        if !step.to.isEmpty { members["to"] = .string(step.to.joined(separator: ",")) }
        if let condition = step.when { members["when"] = .string(condition) }
        return .object(members.filter { !$0.value.isNull })
    }

    private static func word(_ value: JSONValue) -> String {
        let text = value.plainText
        return text.contains { $0 == " " || $0 == "\"" || $0 == "=" } || text.isEmpty
            ? JSONValue.string(text).compactText : text
    }

    // MARK: Comparing

    /// Whether the lines speak of the same intents: what a line names must be so; it need not name everything.
    static func agree(_ expected: [String], _ actual: [String]) -> Bool {
        guard expected.count == actual.count else { return false }
        return zip(expected, actual).allSatisfy { wanted, found in
            guard let wanted = parse(wanted), let found = parse(found) else { return false }
            return wanted.name == found.name && contains(found.members, wanted.members)
        }
    }

    static func parse(_ line: String) -> (name: String, members: JSONValue)? {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard let name = parts.first else { return nil }
        guard parts.count == 2 else { return (name, [:]) }
        if parts[1].hasPrefix("{") { return (try? JSONValue(parsing: parts[1])).map { (name, $0) } }
        var members: [String: JSONValue] = [:]
        for word in ShellWords.split(parts[1]) {
            guard let equals = word.firstIndex(of: "=") else { return nil }
            members[String(word[..<equals])] = .string(String(word[word.index(after: equals)...]))
        }
        return (name, .object(members))
    }

    private static func contains(_ whole: JSONValue, _ part: JSONValue) -> Bool {
        switch (whole, part) {
        case (.object(let all), .object(let some)):
            some.allSatisfy { key, value in all[key].map { contains($0, value) } ?? false }
        case (.array(let all), .array(let some)):
            all.count == some.count && zip(all, some).allSatisfy(contains)
        default: whole == part || whole.plainText == part.plainText
        }
    }
}
