import Foundation
import ScheduleLanguage

/// Cuts sentences into pieces, and remembers what it cut: the rules look at the same words many times.
final class Lexer {
    /// How time words about the past are taken.
    enum Purpose {
        /// "what failed last night": the past is a span that is asked about.
        case asking
        /// "summarise the commits from the last 24 hours": the past belongs to the task.
        case making
        /// No word is taken for a time: "dates are day first".
        case plain
    }

    private struct Cut: Hashable {
        var text: String
        var purpose: Purpose
    }

    private var known: [Cut: Pieces] = [:]
    private var fragments: [String: [TimeFragment]] = [:]

    func pieces(of text: String, for purpose: Purpose) -> Pieces {
        let cut = Cut(text: text, purpose: purpose)
        if let pieces = known[cut] { return pieces }
        let pieces = Self.pieces(of: text, phrases: purpose == .plain ? [] : phrases(in: text, for: purpose))
        let joined = purpose == .plain ? pieces : SpokenCorrection.joined(pieces, in: text)
        known[cut] = joined
        return joined
    }

    private func phrases(in text: String, for purpose: Purpose) -> [TimePhrase] {
        let found = fragments[text] ?? TimeScanner.fragments(in: text)
        fragments[text] = found
        return TimePhrase.phrases(in: text, from: found, for: purpose)
    }

    private static func pieces(of text: String, phrases: [TimePhrase]) -> Pieces {
        var pieces: Pieces = []
        var place = text.startIndex
        for phrase in phrases {
            appendWords(text[place..<phrase.range.lowerBound], to: &pieces)
            if phrase.isAdjective {
                appendWords(text[phrase.range], adjective: true, to: &pieces)
            } else {
                let raw = text[phrase.range]
                pieces.append(Piece(kind: .time, key: raw.lowercased(), raw: raw, position: pieces.count))
            }
            place = phrase.range.upperBound
        }
        appendWords(text[place...], to: &pieces)
        return pieces
    }

    // MARK: Words

    private static func appendWords(_ text: Substring, adjective: Bool = false, to pieces: inout Pieces) {
        var rest = text
        while let start = rest.firstIndex(where: { !$0.isBlank }) {
            rest = rest[start...]
            let end =
                rest.hasPrefix("{{") ? endOfTemplate(rest) : rest.firstIndex(where: \.isBlank) ?? rest.endIndex
            appendWord(rest[..<end], adjective: adjective, to: &pieces)
            rest = rest[end...]
        }
    }

    /// `{{ event.title }}` is one word, whatever stands inside.
    private static func endOfTemplate(_ text: Substring) -> String.Index {
        guard let close = text.firstRange(of: "}}") else {
            return text.firstIndex(where: \.isBlank) ?? text.endIndex
        }
        return text[close.upperBound...].firstIndex(where: \.isBlank) ?? text.endIndex
    }

    private static let opening: Set<Character> = ["\"", "“", "(", "[", "‘"]
    private static let closing: Set<Character> = ["\"", "”", ")", "]", ",", ";", ":", ".", "!", "?", "’"]
    private static let dashes: Set<Substring> = ["-", "–", "—", "--", "->", "…", "..."]

    private static func appendWord(_ text: Substring, adjective: Bool, to pieces: inout Pieces) {
        if dashes.contains(text) { return appendMark(text, key: "-", to: &pieces) }
        var core = text
        while let first = core.first, !first.isAlphabetic, !first.isFigure, opening.contains(first) {
            appendMark(core.prefix(1), key: String(first), to: &pieces)
            core = core.dropFirst()
        }
        var tail = core[core.endIndex...]
        while let last = core.last, !last.isAlphabetic, !last.isFigure, closing.contains(last), !core.hasSuffix("}}"),
            !isAbbreviation(core)
        {
            core = core.dropLast()
            tail = text[core.endIndex..<text.endIndex]
        }
        if !core.isEmpty { appendCore(core, adjective: adjective, to: &pieces) }
        for index in tail.indices { appendMark(tail[index...index], key: String(tail[index]), to: &pieces) }
    }

    private static func isAbbreviation(_ word: Substring) -> Bool {
        ["p.m.", "a.m.", "e.g.", "i.e.", "etc."].contains(word.lowercased())
    }

    private static func appendMark(_ text: Substring, key: String, to pieces: inout Pieces) {
        pieces.append(Piece(kind: .mark, key: key, raw: text, position: pieces.count))
    }

    private static func appendCore(_ core: Substring, adjective: Bool, to pieces: inout Pieces) {
        var key = core.lowercased()
        if key.utf8.contains(where: { $0 >= 0x80 }) { key = key.replacing("’", with: "'") }
        let halves = Lexicon.contractions[key] ?? [key]
        let empty = core[core.endIndex...]
        for (index, half) in halves.enumerated() {
            let raw = index == 0 ? core : empty
            pieces.append(
                Piece(kind: .word, key: half, raw: raw, position: pieces.count, isAdjective: adjective))
        }
    }
}
