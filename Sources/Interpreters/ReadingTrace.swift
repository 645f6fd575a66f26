import ScheduleLanguage

/// How a sentence was read, step by step: for people who wonder, and for whoever mends the grammar.
package final class ReadingTrace {
    package struct Step: Hashable, Sendable {
        package enum Stage: String, Sendable {
            /// The sentence cut into tokens, each with its kind.
            case words
            /// Stretches that speak about time.
            case time
            /// A reading that was looked at and not taken.
            case considered
            /// A rule that covered the words.
            case matched
            /// What a new job was made of: event, order, condition.
            case read
            /// Which reading stands, and how sure it is.
            case decided
        }

        package var stage: Stage
        package var text: String
    }

    package private(set) var steps: [Step] = []

    package init() {}

    func add(_ stage: Step.Stage, _ text: @autoclosure () -> String) {
        let step = Step(stage: stage, text: text())
        if !steps.contains(step) { steps.append(step) }
    }

    /// The tokens and time phrases of the whole sentence.
    func addWords(of text: String) {
        let tokens = Tokenizer.tokens(of: text)
        add(.words, tokens.map(Self.shown).joined(separator: " · "))
        for fragment in TimeScanner.fragments(in: text) {
            let mended = fragment.wasCorrected ? ", a slip of the keyboard mended" : ""
            let adjective = fragment.isAdjective ? ", describes a noun" : ""
            add(.time, "\"\(fragment.text)\" (\(fragment.kind.rawValue)\(adjective)\(mended))")
        }
    }

    private static func shown(_ token: Token) -> String {
        switch token.kind {
        case .word: token.wasCorrected ? "\(token.original)→\(token.text)" : token.original
        case .number: "\(token.original) (number)"
        case .clock: "\(token.original) (time of day)"
        case .ordinal: "\(token.original) (ordinal)"
        case .date: "\(token.original) (date)"
        case .url: "\(token.original) (address)"
        case .path: "\(token.original) (name or path)"
        case .quoted: "\(token.original) (quoted)"
        case .template: "\(token.original) (template)"
        case .cron: "\(token.original) (cron)"
        case .zone: "\(token.original) (zone)"
        case .punctuation: token.original
        }
    }
}
