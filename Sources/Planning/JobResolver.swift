import Foundation
import IntentContract
import JobModel

/// Finds the job that a person's words mean.
struct JobResolver {
    let situation: Situation

    static let pronouns: Set<String> = [
        "it", "that", "this", "one", "that one", "this one", "the last one", "last one", "them", "the last job",
        "last job",
    ]

    /// The one job that is meant, or the question that settles it.
    func resolve(_ reference: JobReference) -> Result<Job, QuestionError> {
        switch resolveAll(JobReference(reference.words)) {
        case .failure(let question): .failure(question)
        case .success(let jobs):
            jobs.count == 1 ? .success(jobs[0]) : .failure(QuestionError(several(jobs, words: reference.words)))
        }
    }

    /// All jobs that are meant: one, unless the reference says "all".
    func resolveAll(_ reference: JobReference) -> Result<[Job], QuestionError> {
        let words = Self.normalized(reference.words)
        if reference.all { return resolveFilter(words) }
        if Self.pronouns.contains(words) { return resolvePronoun(reference.words) }
        if let number = Self.number(in: words) {
            if let job = situation.jobs.first(where: { $0.id == number }) { return .success([job]) }
        }
        // A job may be called "All" or "Script" itself.
        let named = situation.jobs.filter { $0.status != .finished && Self.normalized($0.name) == words }
        if named.count == 1 { return .success(named) }
        let found = Self.kinds.contains(words) ? ofKind(words) ?? [] : candidates(words)
        if found.count == 1 { return .success(found) }
        if situation.surroundings.assumesNamedJobs, found.isEmpty { return .success([assumed(reference.words)]) }
        return .failure(
            QuestionError(found.isEmpty ? unknown(reference.words) : several(found, words: reference.words)))
    }

    // MARK: Ways to fit

    /// The best kind of fit wins: the same name, then the name's words, then the words of what it does.
    private func candidates(_ words: String) -> [Job] {
        let wanted = Self.significantWords(words)
        let tests: [(Job) -> Bool] = [
            { Self.normalized($0.name) == words },
            { Self.significantWords($0.name) == wanted && !wanted.isEmpty },
            { Self.fits(wanted, Self.significantWords($0.name)) },
            { Self.fits(wanted, Self.significantWords($0.name + " " + $0.actionWords)) },
        ]
        let open = situation.jobs.filter { $0.status != .finished }
        for test in tests {
            let found = open.filter(test)
            if !found.isEmpty { return found }
        }
        for test in tests {
            let found = situation.jobs.filter(test)
            if !found.isEmpty { return Array(found.suffix(1)) }
        }
        return []
    }

    private func resolvePronoun(_ words: String) -> Result<[Job], QuestionError> {
        if let job = situation.jobs.first(where: { $0.id == situation.focus }) { return .success([job]) }
        let open = situation.jobs.filter { $0.status != .finished }
        if open.isEmpty, !situation.surroundings.assumesNamedJobs {
            return .failure(
                QuestionError(Question(about: .job, text: "There is no job yet. Say what should happen and when.")))
        }
        return .failure(
            QuestionError(
                Question(about: .job, text: "Which job is \"\(words)\"?", options: open.prefix(6).map(\.name))))
    }

    private func resolveFilter(_ words: String) -> Result<[Job], QuestionError> {
        let open = situation.jobs.filter { $0.status != .finished }
        let found: [Job]
        if let kind = ofKind(words) {
            found = kind
        } else {
            let wanted = Self.significantWords(words).map(Self.singular)
            found = open.filter { job in
                let has = Self.significantWords(job.name + " " + job.actionWords).map(Self.singular)
                return wanted.allSatisfy(has.contains)
            }
        }
        if found.isEmpty, situation.surroundings.assumesNamedJobs { return .success([assumed(words)]) }
        return found.isEmpty ? .failure(QuestionError(unknown(words))) : .success(found)
    }

    /// Words for a kind of job rather than for one.
    private static let kinds: Set<String> = [
        "", "everything", "all", "job", "jobs", "of them", "reminder", "reminders", "playbook", "playbooks", "script",
        "scripts",
    ]

    /// The open jobs of the kind that `words` name, or `nil` where they name none.
    private func ofKind(_ words: String) -> [Job]? {
        guard Self.kinds.contains(words) else { return nil }
        let open = situation.jobs.filter { $0.status != .finished }
        if words.hasPrefix("reminder") { return open.filter { $0.steps.allSatisfy { $0.action.kind == "notify" } } }
        if words.hasPrefix("playbook") { return open.filter(\.isPlaybook) }
        if words.hasPrefix("script") { return open.filter { $0.steps.contains { $0.action.kind == "script" } } }
        return open
    }

    private func assumed(_ words: String) -> Job {
        Job(
            name: words, triggers: [], steps: [Step(name: "say", action: .notify(text: words, to: []))],
            provenance: Provenance(sentence: "", interpreter: "assumed"), createdAt: situation.now)
    }

    // MARK: Questions

    private func unknown(_ words: String) -> Question {
        let names = situation.jobs.filter { $0.status != .finished }.map(\.name)
        guard !names.isEmpty else {
            return Question(about: .job, text: "No job fits \"\(words)\": there is no job yet.")
        }
        return Question(
            about: .job, text: "No job fits \"\(words)\". Which one do you mean?", options: Array(names.prefix(6)))
    }

    private func several(_ jobs: [Job], words: String) -> Question {
        Question(
            about: .job, text: "\(jobs.count) jobs fit \"\(words)\". Which one?", options: jobs.prefix(8).map(\.name))
    }

    // MARK: Words

    static func normalized(_ text: String) -> String {
        var words = text.lowercased().split(whereSeparator: { $0.isWhitespace || "\"“”?!.,".contains($0) }).map(
            String.init)
        while let first = words.first, ["the", "my", "a", "an", "our"].contains(first), words.count > 1 {
            words.removeFirst()
        }
        while let last = words.last, ["job", "task"].contains(last), words.count > 1 { words.removeLast() }
        return words.joined(separator: " ")
    }

    /// Words that tell one job from another.
    static func significantWords(_ text: String) -> [String] {
        let filler: Set<String> = [
            "the", "my", "a", "an", "our", "job", "reminder", "playbook", "task", "to", "of", "and", "for",
        ]
        let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        let significant = words.filter { !filler.contains($0) }
        return significant.isEmpty ? words : significant
    }

    private static func fits(_ wanted: [String], _ has: [String]) -> Bool {
        guard !wanted.isEmpty else { return false }
        let stems = Set(has.map(stem))
        return wanted.allSatisfy {
            stems.contains(stem($0)) || (wanted.count == 1 && $0.count > 3 && has.joined().contains($0))
        }
    }

    /// "summarise" and "summarize", "watering" and "water", "reports" and "report" are one word here.
    private static func stem(_ word: String) -> String {
        var stem = word.replacing("ise", with: "ize")
        for ending in ["ing", "es", "s", "ed"] where stem.count > ending.count + 3 && stem.hasSuffix(ending) {
            stem.removeLast(ending.count)
            break
        }
        return stem
    }

    private static func singular(_ word: String) -> String { stem(word) }

    private static func number(in words: String) -> JobID? {
        let digits = words.replacing("#", with: "").replacing("number ", with: "").replacing("job ", with: "")
        return JobID(digits)
    }
}

/// A question thrown through planning.
struct QuestionError: Error {
    let question: Question
    init(_ question: Question) { self.question = question }
}

extension Job {
    /// The words of what it does, for finding it.
    var actionWords: String {
        steps.map { step in
            switch step.action {
            case .notify(let text, _), .prompt(let text, _): text
            case .script(let path, _): path
            case .http(let method, let url, _): "\(method) \(url)"
            case .playbook(let name): name
            case .agent(let order): ([order.goal] + [order.persona].compactMap(\.self)).joined(separator: " ")
            case .system(let measure, let path): path ?? measure.words
            case .call(let call): call.words
            }
        }.joined(separator: " ")
    }
}
