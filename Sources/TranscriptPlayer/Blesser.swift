import Foundation

/// Writes what came into a transcript in place of what was expected.
package struct Blesser: Sendable {
    /// Rewrites the `=` lines too.
    let includesIntents: Bool

    package init(includesIntents: Bool = false) { self.includesIntents = includesIntents }

    /// The new text, equal to the old one where everything came as expected.
    package func bless(_ transcript: Transcript, with report: Player.Report) -> String {
        let failed = Set(report.failures.map(\.line))
        var lines = transcript.lines.map(\.raw)
        for (index, block) in transcript.blocks.enumerated().reversed() where failed.contains(block.stimulus.number) {
            guard index < report.actual.count else { continue }
            lines.replaceSubrange(
                block.range, with: replacement(for: block, in: transcript, report: report, index: index))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func replacement(
        for block: Transcript.Block, in transcript: Transcript, report: Player.Report, index: Int
    ) -> [String] {
        let old = block.expected.filter { $0.marker == .intent }.map(\.raw)
        let intents = includesIntents && !old.isEmpty ? report.intents[index].map { "= \($0)" } : old
        let comments = transcript.lines[block.range].filter { $0.marker == .comment }.map(\.raw)
        return comments + intents + report.actual[index]
    }

    /// The lines that differ, `-` before and `+` after.
    package static func difference(_ old: String, _ new: String) -> [String] {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let changes = after.difference(from: before)
        return changes.sorted { Self.position($0) < Self.position($1) }.map { change in
            switch change {
            case .remove(_, let line, _): "- \(line)"
            case .insert(_, let line, _): "+ \(line)"
            }
        }
    }

    private static func position(_ change: CollectionDifference<String>.Change) -> (Int, Int) {
        switch change {
        case .remove(let offset, _, _): (offset, 0)
        case .insert(let offset, _, _): (offset, 1)
        }
    }
}
