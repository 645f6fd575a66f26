/// What is wrong with a template, and where.
package struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        /// `{{` without `}}`.
        case unclosedTag
        /// A name with characters that names do not have, or no name at all.
        case badName(String)
        /// A section that does not end, or an end without its section.
        case unbalancedSection(String)
        /// Partials, inheritance, transforms and other delimiters: templates of jobs do not have them.
        case unsupportedTag(String)
        /// What stands behind a name and `|` or `:`; one clause.
        case badFilter(String)
        /// Sections within sections within sections.
        case tooDeep
    }

    package let reason: Reason
    /// From 1.
    package let line: Int
    /// From 1, in characters.
    package let column: Int

    package init(_ reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// A clause with the place: "the tag at line 1, column 7 is not closed by }}".
    package var message: String {
        let place = "line \(line), column \(column)"
        switch reason {
        case .unclosedTag:
            return "the tag at \(place) is not closed by }}"
        case .badName(""):
            return "the tag at \(place) names nothing; {{step.text}} would be right"
        case .badName(let name):
            return "\"\(name)\" at \(place) is no name; letters a-z, digits, \".\", \"_\" and \"-\" make one"
        case .unbalancedSection(let name):
            return "the section \"\(name)\" at \(place) has no matching begin or end"
        case .unsupportedTag(let tag):
            return "\"\(tag)\" at \(place) is not supported; {{name}}, {{#name}}…{{/name}} and {{^name}}…{{/name}} are"
        case .badFilter(let problem):
            return "the tag at \(place) cannot be read: \(problem)"
        case .tooDeep:
            return "the sections around \(place) are nested too deep"
        }
    }

    package var description: String { message }
}
