import Foundation
import JobModel
import Planning

/// What a person reads about a registry that was applied.
package struct RegistryReport: Sendable {
    private static let mostNames = 10

    private let comparison: RegistryComparison

    package init(_ comparison: RegistryComparison) { self.comparison = comparison }

    /// `added "Backup"; changed "Report" (when: every day at 09:00 → every day at 10:00); removed "Old"`.
    package var text: String {
        let parts = [
            ("added", comparison.added.map { "\"\($0.name)\"" }),
            ("changed", comparison.changed.map { "\"\($0.before.name)\" (\(Self.difference($0)))" }),
            ("removed", comparison.removed.map { "\"\($0.name)\"" }),
        ]
        return parts.filter { !$1.isEmpty }.map { "\($0) \(Self.list($1))" }.joined(separator: "; ")
    }

    private static func list(_ texts: [String]) -> String {
        let shown = texts.prefix(mostNames).joined(separator: ", ")
        return texts.count > mostNames ? "\(shown) and \(texts.count - mostNames) more" : shown
    }

    /// Where nothing of this differs, the job was changed elsewhere, and is now what the file says again.
    private static func difference(_ changed: RegistryComparison.Changed) -> String {
        let (before, after) = (changed.before, changed.after)
        let differences =
            [
                part("name", before.name, after.name),
                part("when", when(before), when(after)) ?? part("zone", zones(before), zones(after)),
                part("does", StepText.describe(before.steps), StepText.describe(after.steps)),
                part("goes to", recipients(before), recipients(after)),
                before.isEnabledByFile == after.isEnabledByFile ? nil : after.isEnabledByFile ? "on again" : "off",
            ].compactMap(\.self) + policies(before, after) + newScripts(before, after)
        return differences.isEmpty ? "as the file says" : differences.joined(separator: "; ")
    }

    private static func part(_ what: String, _ old: String, _ new: String) -> String? {
        old == new ? nil : "\(what): \(old) → \(new)"
    }

    private static func when(_ job: Job) -> String {
        job.triggers.map { trigger in
            switch trigger.kind {
            case .schedule(let schedule): schedule.text.prefix(1).lowercased() + schedule.text.dropFirst()
            case .event(let filter): "when \(filter.words)"
            case .manual: "when you say so"
            }
        }.joined(separator: " and ")
    }

    private static func zones(_ job: Job) -> String { job.schedules.map(\.zone).uniqued().joined(separator: ", ") }

    private static func recipients(_ job: Job) -> String {
        job.delivery.isEmpty ? "the conversation" : job.delivery.map(\.description).joined(separator: ", ")
    }

    /// As the file names them: `retries: 1 → 3`.
    private static func policies(_ before: Job, _ after: Job) -> [String] {
        let key = RegistryFormat.Key.policies.rawValue
        let old = before.declared[key]?.object ?? [:]
        let new = after.declared[key]?.object ?? [:]
        return Set(old.keys).union(new.keys).sorted().compactMap { name in
            part(name, old[name]?.plainText ?? "as usual", new[name]?.plainText ?? "as usual")
        }
    }

    private static func newScripts(_ before: Job, _ after: Job) -> [String] {
        after.capabilities.scripts.keys.sorted().filter { path in
            guard let known = before.capabilities.scripts[path] else { return false }
            return known != after.capabilities.scripts[path]
        }.map { "\($0) has new content" }
    }
}
