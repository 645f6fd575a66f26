import JobModel

/// What comes back from one turn: lines for the person, at most one open question, and how it ended.
package struct Reply: Hashable, Sendable {
    /// How a turn ended; front ends turn it into an exit code.
    package enum Status: String, Codable, Sendable {
        case done, failed, notUnderstood, needsAnswer, provider
    }

    /// Answers, in order, without colour or control characters.
    package var lines: [String]
    /// Asked at the end; the next thing the person says answers it.
    package var question: OpenQuestion?
    package var status: Status
    /// The same answer for programs: one object a row, each with `type` and `v`.
    package var records: [JSONValue]
    /// Of `lines`, what a model may be told in a later turn: the program's own words about jobs, and nothing that a
    /// script, a server or another model said.
    package var retold: [String] = []
    /// Runs that were started or asked about: a front end may follow them.
    package var runs: [RunID] = []

    package init(
        lines: [String] = [], question: OpenQuestion? = nil, status: Status = .done, records: [JSONValue] = []
    ) {
        self.lines = lines
        self.question = question
        self.status = status
        self.records = records
    }
}

/// A question that is put to the person, as it is shown.
package struct OpenQuestion: Hashable, Sendable {
    package var about: Question.About
    package var text: String
    /// Likely answers; a number picks one.
    package var options: [String]
    /// A yes or no releases a plan ("Allow? [y/N]").
    package var isConfirmation: Bool

    package init(about: Question.About, text: String, options: [String] = [], isConfirmation: Bool = false) {
        self.about = about
        self.text = text
        self.options = options
        self.isConfirmation = isConfirmation
    }

    /// The question on one line: "At 05:00 or 17:00? 1) 05:00  2) 17:00".
    package var line: String {
        guard !options.isEmpty else { return text }
        let numbered = options.enumerated().map { "\($0.offset + 1)) \($0.element)" }
        return ([text] + [numbered.joined(separator: "  ")]).joined(separator: " ")
    }
}
