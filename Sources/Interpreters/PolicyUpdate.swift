import IntentContract
import JobModel

/// Reads requests that only change policies of a job that exists: "retry the backup 3 times and give up after 5
/// minutes".
enum PolicyUpdate {
    /// `nil` unless clauses about policies make up the whole request, and name one job at most.
    static func read(_ pieces: Pieces, _ trace: ReadingTrace?) -> Intent? {
        let pieces = request(pieces)
        guard !pieces.isEmpty, PolicyWords.book.mayRead(within: pieces) else { return nil }
        return intent(pieces, trace) ?? named(pieces, trace)
    }

    private static let afterthoughts: [[String]] = [
        ["from", "now", "on"], ["in", "future"], ["in", "the", "future"], ["instead"], ["as", "well"], ["too"],
    ]

    private static func request(_ pieces: Pieces) -> Pieces {
        var pieces = Padding.stripped(pieces)
        for words in afterthoughts where pieces.count > words.count && pieces.suffix(words.count).map(\.key) == words {
            pieces = Padding.stripped(Array(pieces.dropLast(words.count)))
        }
        for words in afterthoughts where pieces.count > words.count && pieces.prefix(words.count).map(\.key) == words {
            pieces = Padding.stripped(Array(pieces.dropFirst(words.count)))
        }
        return pieces
    }

    private static func intent(_ pieces: Pieces, about job: JobReference? = nil, _ trace: ReadingTrace?) -> Intent? {
        guard let clauses = clauses(pieces[...], trace), let first = clauses.first else { return nil }
        let jobs = clauses.compactMap(\.job).filter { !$0.isSelf }.uniqued()
        guard jobs.count + (job == nil ? 0 : 1) <= 1 else { return nil }
        let change = clauses.dropFirst().reduce(first.change) { $0.merged(with: $1.change) }
        return .updateJob(UpdateJob(job: job ?? jobs.first ?? JobReference("it"), policies: change))
    }

    /// All of `pieces` as clauses that follow each other.
    private static func clauses(_ pieces: ArraySlice<Piece>, _ trace: ReadingTrace?) -> [PolicyClause]? {
        let pieces = pieces.drop { PolicyWords.isSeparator($0) || PolicyWords.courtesies.contains($0.key) }
        guard !pieces.isEmpty else { return [] }
        for end in (pieces.startIndex + 1...pieces.endIndex).reversed()
        where end == pieces.endIndex || PolicyWords.isSeparator(pieces[end]) {
            guard let clause = PolicyWords.book.read(Array(pieces[..<end]), in: .anywhere, trace) else { continue }
            if let rest = clauses(pieces[end...], trace) { return [clause] + rest }
        }
        return nil
    }

    // MARK: A job that is named beside the clauses

    /// "for the backup, skip missed runs", "the backup: retry 3 times", "skip missed runs of the backup".
    private static func named(_ pieces: Pieces, _ trace: ReadingTrace?) -> Intent? {
        let isName = ["the", "my", "our", "for", "with"].contains(pieces[0].key)
        for place in pieces.indices.dropFirst() where isName && pieces[place].isStop {
            if let job = job(pieces[..<place]),
                let intent = intent(Array(pieces[(place + 1)...]), about: job, trace)
            {
                return intent
            }
        }
        for place in pieces.indices.dropFirst().reversed() where ["for", "of", "on"].contains(pieces[place].key) {
            if let job = job(pieces[place...]), let intent = intent(Array(pieces[..<place]), about: job, trace) {
                return intent
            }
        }
        return nil
    }

    /// "for the backup", "the backup".
    private static func job(_ pieces: ArraySlice<Piece>) -> JobReference? {
        let words = pieces.drop { ["for", "of", "on", "with"].contains($0.key) }
        guard (1...6).contains(words.count), words.allSatisfy(JobWords.mayName) else { return nil }
        return JobWords.reference(Array(words)).flatMap { $0.isSelf ? JobReference("it") : $0 }
    }
}
