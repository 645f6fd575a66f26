import Documents
import JobModel

/// Something that is wrong with a playbook file, or only doubtful.
package struct PlaybookProblem: Error, Hashable, Sendable {
    package var place: DocumentPlace
    /// A sentence or clause that names the bad part and what would be right.
    package var message: String
    /// It does not keep the playbook from running.
    package var isWarning: Bool

    package init(_ message: String, at place: DocumentPlace, isWarning: Bool = false) {
        self.place = place
        self.message = message
        self.isWarning = isWarning
    }

    /// `prices.yaml:12:5: …`, as compilers write it.
    package func text(in file: String) -> String {
        let column = place.column.map { ":\($0)" } ?? ""
        return "\(file):\(place.line)\(column): \(isWarning ? "warning: " : "")\(message)"
    }
}

/// What the readers of one file have found so far.
final class Findings {
    private(set) var problems: [PlaybookProblem] = []

    func report(_ message: String, at place: DocumentPlace) {
        add(PlaybookProblem(message.withoutEnd, at: place))
    }

    func warn(_ message: String, at place: DocumentPlace) {
        add(PlaybookProblem(message.withoutEnd, at: place, isWarning: true))
    }

    private func add(_ problem: PlaybookProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    var hasErrors: Bool { problems.contains { !$0.isWarning } }
}

extension String {
    /// Sentences from elsewhere lose their full stop behind a place; those of several sentences keep it.
    fileprivate var withoutEnd: String {
        hasSuffix(".") && !dropLast().contains(". ") ? String(dropLast()) : self
    }
}

extension DocumentPlace {
    static let start = DocumentPlace(line: 1, column: 1)
}
