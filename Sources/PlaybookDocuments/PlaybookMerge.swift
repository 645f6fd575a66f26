import Documents
import JobModel

/// A stored job and the file that describes it anew.
package struct PlaybookMerge: Sendable {
    /// What the stored job becomes; itself, where the file says nothing else.
    package let after: Job
    /// Lines of the export that differ: `- old`, `+ new`.
    package let difference: [String]

    package init(before: Job, file: Job) {
        var after = file
        after.id = before.id
        after.createdAt = before.createdAt
        // "Every 45 minutes" counts from where it was made, and an occurrence that had its run has no other.
        after.triggers = file.triggers.map { trigger in
            before.triggers.first { Self.written($0) == Self.written(trigger) } ?? trigger
        }
        after.provenance = before.provenance
        let (old, new) = (PlaybookWriter(before).text(.yaml), PlaybookWriter(after).text(.yaml))
        if old == new, before.status != .finished {
            after = before
        }
        self.after = after
        difference = Self.difference(old, new)
    }

    private static func written(_ trigger: Trigger) -> String {
        YAMLText.text(
            of: DocumentNode(
                .object(
                    [DocumentMember(key: "t", at: .start, value: PlaybookWriter.trigger(trigger))], isInBraces: false),
                at: .start))
    }

    private static func difference(_ old: String, _ new: String) -> [String] {
        let (old, new) = (rows(old), rows(new))
        var gone: Set<Int> = []
        var come: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): gone.insert(offset)
            case .insert(let offset, _, _): come.insert(offset)
            }
        }
        var lines: [String] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, gone.contains(left) {
                lines.append("- \(old[left])")
                left += 1
            } else if right < new.count, come.contains(right) {
                lines.append("+ \(new[right])")
                right += 1
            } else {
                left += 1
                right += 1
            }
        }
        return lines
    }

    private static func rows(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }
}
