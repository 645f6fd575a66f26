extension [String] {
    /// "a", "a and b", "a, b and c".
    func listed(_ conjunction: String = "and") -> String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// Each text once, where it stands first.
    var withoutRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension String {
    /// For quoting in a message: at most `limit` characters, and nothing that could disturb a terminal.
    func quotable(limit: Int = 48) -> String {
        var shown = ""
        for scalar in unicodeScalars {
            if shown.count >= limit { return shown + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
                .nonspacingMark, .enclosingMark, .spacingMark:
                shown +=
                    "U+" + String(repeating: "0", count: Swift.max(0, 4 - String(scalar.value, radix: 16).count))
                    + String(scalar.value, radix: 16, uppercase: true)
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
