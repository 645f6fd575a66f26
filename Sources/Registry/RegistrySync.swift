import Conversation
import Foundation
import JobModel
import Planning

/// Brings the stored jobs to what the registry in a config folder says.
package struct RegistrySync: Sendable {
    package enum Outcome: Hashable, Sendable {
        /// No registry, and no jobs of one.
        case none
        /// Everything is as the file says.
        case unchanged(file: String, jobs: Int)
        /// One line about what was done.
        case applied(String)
        /// One line about why nothing was.
        case refused(String)
    }

    private let store: any JobStore
    private let folder: String
    private let now: @Sendable () -> Date
    /// The zone of the person, and the world with what the person has agreed to.
    private let zone: @Sendable () async -> String
    private let surroundings: @Sendable (Set<String>) async -> Surroundings
    private let digest: @Sendable (String) -> String

    package init(
        store: any JobStore, folder: String, now: @escaping @Sendable () -> Date,
        zone: @escaping @Sendable () async -> String,
        surroundings: @escaping @Sendable (Set<String>) async -> Surroundings,
        digest: @escaping @Sendable (String) -> String
    ) {
        self.store = store
        self.folder = folder
        self.now = now
        self.zone = zone
        self.surroundings = surroundings
        self.digest = digest
    }

    /// Applies the registry as one change, and says in the conversation what that was. The whole file counts, or
    /// nothing of it; why it does not is said once, however often the same file is looked at.
    package func sync() async throws -> Outcome {
        for _ in 0..<3 {
            do {
                return try await attempt()
            } catch StoreError.nameTaken, StoreError.noSuchJob {
                continue  // another process changed a job between the look and the change
            }
        }
        return try await attempt()
    }

    private func attempt() async throws -> Outcome {
        let examination = try await examine()
        switch examination {
        case .none:
            try await store.remember(nil, as: Self.reported)
            return .none
        case .gone(let jobs): return try await refuse(Self.goneText(jobs), about: "")
        case .unusable(let message): return try await refuse("\(message) Nothing was changed.", about: "")
        case .broken(let file, let problems, let text):
            return try await refuse(Self.brokenText(problems, in: file), about: text)
        case .read(let file, let reading, let comparison):
            try await store.remember(nil, as: Self.reported)
            guard !comparison.isEmpty else { return .unchanged(file: file, jobs: reading.jobs.count) }
            return try await apply(comparison, of: file, warnings: reading.warnings)
        }
    }

    // MARK: Looking

    /// What the folder's registry means now. Changes nothing.
    package func examine() async throws -> RegistryExamination {
        let stored = try await store.jobs()
        do throws(RegistryFile.Unusable) {
            guard let file = try RegistryFile.find(in: folder) else {
                let orphans = stored.filter { $0.provenance.registry != nil }
                return orphans.isEmpty ? .none : .gone(orphans)
            }
            let text = try file.trustedText()
            return await examine(text, named: file.name, stored: stored)
        } catch {
            return .unusable(error.message)
        }
    }

    /// What a text would mean as the registry of this name.
    package func examine(_ text: String, named file: String) async throws -> RegistryExamination {
        await examine(text, named: file, stored: try await store.jobs())
    }

    private func examine(_ text: String, named file: String, stored: [Job]) async -> RegistryExamination {
        let builder = JobBuilder(zone: await zone(), now: now(), surroundings: await surroundings([]))
        let reading = RegistryReading(text, file: file, stored: stored, builder: builder)
        guard reading.problems.isEmpty else { return .broken(file: file, reading.problems, text: text) }
        return .read(file: file, reading, RegistryComparison(declared: reading.jobs, stored: stored))
    }

    // MARK: Changing

    private func apply(
        _ comparison: RegistryComparison, of file: String, warnings: [EntryProblem]
    ) async throws -> Outcome {
        let plan = RegistryEdits(comparison, agreed: try await store.agreed(), digest: digest)
        let done = "\(file): \(RegistryReport(comparison).text)."
        _ = try await store.apply(plan.edits, summary: String(done.dropLast()), at: now())
        try await store.rememberUndone([])
        let hints = [Self.approvalText(plan.waiting)] + warnings.prefix(3).map { "\($0.text(in: file))." }
        let text = ([done] + hints.compactMap(\.self)).joined(separator: " ")
        try await post(text)
        return .applied(text)
    }

    /// Says it once about this content: whoever saves another try hears of it again.
    private func refuse(_ line: String, about content: String) async throws -> Outcome {
        let trouble = digest("\(line)\n\(content)")
        if try await store.remembered(Self.reported) != trouble {
            try await post(line)
            try await store.remember(trouble, as: Self.reported)
        }
        return .refused(line)
    }

    private func post(_ text: String) async throws {
        let line = text.withoutControlCharacters(keepingNewlines: false)
        _ = try await store.post(Message(jobID: nil, runID: nil, at: now(), text: line))
    }

    // MARK: Words

    /// Of the trouble that was told last, kept in the store so that a restart does not tell it again.
    private static let reported = "registry.reported"
    private static let mostProblems = 5

    private static func brokenText(_ problems: [EntryProblem], in file: String) -> String {
        let shown = problems.prefix(mostProblems).map { $0.text(in: file) }.joined(separator: "; ")
        let rest = problems.count - mostProblems
        let more = rest > 0 ? "; and \(rest) more (\"rota registry check\" lists all)" : ""
        let end = shown.hasSuffix(".") && more.isEmpty ? "" : "."
        return "\(shown)\(more)\(end) Nothing was changed."
    }

    private static func goneText(_ jobs: [Job]) -> String {
        let file = jobs[0].provenance.registry ?? ""
        let count = jobs.count == 1 ? "its job stays as it is" : "its \(jobs.count) jobs stay as they are"
        return "\(file) is gone; \(count). Put it back, or write one with [] to remove them."
    }

    private static func approvalText(_ waiting: Int) -> String? {
        switch waiting {
        case 0: nil
        case 1: "One of them waits for your approval; \"rota approvals\" shows what for."
        default: "\(waiting) of them wait for your approval; \"rota approvals\" shows what for."
        }
    }
}

/// What a look at a registry came to.
package enum RegistryExamination: Sendable {
    /// No registry, and no jobs of one.
    case none
    /// No registry, and these jobs of one that was there.
    case gone([Job])
    /// A whole sentence about the file itself.
    case unusable(String)
    case broken(file: String, [EntryProblem], text: String)
    case read(file: String, RegistryReading, RegistryComparison)
}
