import Documents
import Foundation
import JobModel

/// A registry's text, read against the jobs that there are: what it declares, or everything that is wrong with it.
package struct RegistryReading: Sendable {
    /// In the order of the file; complete only where there are no problems.
    package private(set) var jobs: [Job] = []
    /// In the order of the file. With one of them nothing of the file counts.
    package private(set) var problems: [EntryProblem] = []
    /// What does not stop a job, but its outcomes on their way.
    package private(set) var warnings: [EntryProblem] = []

    /// - Parameters:
    ///   - file: The registry's name: `jobs.json`.
    ///   - stored: All jobs that exist.
    package init(_ text: String, file: String, stored: [Job], builder: JobBuilder) {
        let document = JobsDocument(text, syntax: JobsDocument.Syntax(fileName: file))
        problems = document.problems + document.strays
        var names = DeclaredNames(stored: stored)
        for entry in document.entries {
            guard let name = entry.name else { continue }
            if let problem = names.problem(with: name) {
                problems.append(problem)
            } else {
                read(entry, name: name.value, known: names.known(name.value), file: file, builder: builder)
            }
        }
        problems.sort { $0.place < $1.place }
    }

    private mutating func read(_ entry: JobEntry, name: String, known: Job?, file: String, builder: JobBuilder) {
        let declaration = Self.declaration(of: entry, zone: builder.zone)
        let isKnown = known?.provenance.declaration == declaration
        let provenance = Provenance(sentence: "", interpreter: "registry", registry: file, declaration: declaration)
        switch builder.job(entry, name: name, provenance: provenance, keeping: isKnown ? known?.triggers : nil) {
        case .success(var job):
            if !entry.isEnabled { job.status = .paused }
            jobs.append(job)
            warnings += builder.warnings(about: entry)
        case .failure(let failure): problems += failure.all
        }
    }

    /// The zone is the person's where the entry names none: with another one, the job is another.
    private static func declaration(of entry: JobEntry, zone: String) -> String {
        var members = entry.declaration.object ?? [:]
        if members[RegistryFormat.Key.timezone.rawValue] == nil {
            members[RegistryFormat.Key.timezone.rawValue] = .string(zone)
        }
        return JSONValue.object(members).compactText
    }
}

/// The names that are taken, by a person's jobs or by earlier entries.
private struct DeclaredNames {
    private let stored: [String: Job]
    private var lines: [String: Int] = [:]

    init(stored: [Job]) {
        self.stored = Dictionary(stored.map { ($0.nameKey, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The job of the registry that the name stands for so far.
    func known(_ name: String) -> Job? { stored[Job.nameKey(name)] }

    mutating func problem(with name: Placed<String>) -> EntryProblem? {
        let key = Job.nameKey(name.value)
        if let line = lines[key] {
            return EntryProblem(
                "\"\(name.value)\" is declared in line \(line) already; give one of the two another name",
                at: name.place)
        }
        lines[key] = name.place.line
        guard let job = stored[key], job.provenance.registry == nil else { return nil }
        return EntryProblem(
            "\"\(job.name)\" is a job of yours already (number \(job.id)), which no file declares; "
                + "give this entry another name, or rename that job", at: name.place)
    }
}

extension Job {
    var nameKey: String { Self.nameKey(name) }

    /// What the registry's entry said when it was last read; empty for other jobs.
    var declared: [String: JSONValue] {
        provenance.declaration.flatMap { try? JSONValue(parsing: $0) }?.object ?? [:]
    }

    /// False for a job that its file switches off.
    package var isEnabledByFile: Bool { declared[RegistryFormat.Key.enabled.rawValue]?.string != "false" }
}
