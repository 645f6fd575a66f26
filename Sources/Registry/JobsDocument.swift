import Documents

/// The entries of a `jobs.json` or `jobs.yaml`: a list, or an object whose `jobs` is one.
package struct JobsDocument: Sendable {
    package enum Syntax: Sendable {
        case json, yaml

        /// By the name of the file; JSON where that says nothing.
        package init(fileName: String) {
            self = fileName.hasSuffix(".yaml") || fileName.hasSuffix(".yml") ? .yaml : .json
        }
    }

    /// Those that can be read, in the order of the file.
    package private(set) var entries: [JobEntry] = []
    /// Why the others cannot, in the order of the file.
    package private(set) var problems: [EntryProblem] = []
    /// Keys that mean nothing here: a registry is refused for them, an import reads over them.
    package private(set) var strays: [EntryProblem] = []

    package init(_ text: String, syntax: Syntax) {
        let root: DocumentNode?
        switch syntax {
        case .json:
            let document = JSONDocument(text)
            root = document.root
            problems = document.problems.map(Self.problem)
        case .yaml:
            do throws(DocumentError) {
                root = try YAMLDocument.read(text)
                if root == nil || root?.scalar?.isNull == true { problems = [Self.empty] }
            } catch {
                root = nil
                problems = [Self.problem(error, inYAML: text)]
            }
        }
        if let root, root.scalar?.isNull != true || syntax == .json { readEntries(of: root) }
        problems.sort { $0.place < $1.place }
    }

    private mutating func readEntries(of root: DocumentNode) {
        var items = root.list
        if let members = root.members {
            items = root["jobs"]?.list
            for member in members where member.key != "jobs" && items != nil {
                strays.append(EntryProblem("\"\(member.key)\" stands beside \"jobs\"; nothing does", at: member.place))
            }
        }
        guard let items else {
            problems.append(EntryProblem("this is no list of jobs: [{\"name\": …}, …]", at: root.place))
            return
        }
        for item in items {
            var reader = EntryReader()
            if let entry = reader.entry(item) { entries.append(entry) }
            problems += reader.problems
            strays += reader.strays
        }
    }

    /// A file that an editor has emptied before it writes must not cost anybody his jobs.
    private static let empty = EntryProblem("the file is empty; [] is how it says \"no jobs\"", at: .start)

    private static func problem(_ error: DocumentError) -> EntryProblem {
        EntryProblem(error.message, at: error.place ?? .start)
    }

    /// Cron and YAML both begin values with `*` and `@`, and mean other things by them.
    private static func problem(_ error: DocumentError, inYAML text: String) -> EntryProblem {
        var problem = problem(error)
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.indices.contains(problem.place.line - 1),
            String(lines[problem.place.line - 1]).contains(/[:,{\-]\s+[*@]/)
        {
            problem.message += "; a value that begins with * or @ needs quotes"
        }
        return problem
    }
}

extension DocumentPlace {
    static let start = DocumentPlace(line: 1)
}
