/// The name of an event from outside: `source.object.verb`, or `source.verb`.
package struct EventName: Hashable, Sendable, CustomStringConvertible {
    package static let longest = 100
    package static let parts = 2...5

    package let description: String

    /// Parts of lower-case letters, digits, `_` and `-`, joined by dots. Names of lifecycle events are refused: only the
    /// program tells of runs and jobs.
    package init(_ text: String) throws(EventNameError) {
        guard text.utf8.count <= Self.longest else { throw .tooLong(text) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        for scalar in text.unicodeScalars where scalar != "." && !Self.allows(scalar) {
            throw .badCharacter(String(scalar), name: text)
        }
        guard Self.parts.contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { throw .badParts(text) }
        guard LifecycleEvent(rawValue: text) == nil else { throw .lifecycle(text) }
        description = text
    }

    private static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9", "_", "-": true
        default: false
        }
    }
}

/// Why a text is no name of an event from outside.
package enum EventNameError: Error, Hashable, Sendable {
    case tooLong(String)
    case badCharacter(String, name: String)
    case badParts(String)
    case lifecycle(String)

    /// A whole sentence: what is wrong, and what would be right.
    package var message: String {
        switch self {
        case .tooLong(let name):
            "The event's name has \(name.utf8.count) characters; at most \(EventName.longest) are possible."
        case .badCharacter(let character, let name):
            "\"\(name)\" is no name of an event because of \"\(character)\": lower-case letters, digits, _ and - are "
                + "possible, in parts joined by dots (github.issue.created)\(hint(for: name))."
        case .badParts(let name):
            "\"\(name)\" is no name of an event: it has \(EventName.parts.lowerBound) to \(EventName.parts.upperBound) "
                + "parts joined by dots, source.object.verb (github.issue.created) or source.verb (build.failed)."
        case .lifecycle(let name):
            "\(name) tells of the program's own work; only the program emits it. Another source in front makes it yours: "
                + "ci.\(name)."
        }
    }

    private func hint(for name: String) -> String {
        let lower = name.lowercased()
        guard lower != name, (try? EventName(lower)) != nil else { return "" }
        return "; \(lower) is one"
    }
}
