import IntentContract
import JobModel

/// A pattern over the words of one clause, and what it says of a job's policies.
struct PolicyRule: Sendable {
    /// Where the words mean a policy; elsewhere they mean something else.
    enum Scope: Sendable {
        case anywhere
        /// Beside an order for a new job: "at most once" is no request by itself, "stop it after 2 hours" another one.
        case creation
    }

    let pattern: Pattern
    let scope: Scope
    fileprivate let build: @Sendable (Captures) -> PolicyChange?

    init(_ pattern: String, _ scope: Scope = .anywhere, _ build: @escaping @Sendable (Captures) -> PolicyChange?) {
        self.pattern = Pattern(pattern)
        self.scope = scope
        self.build = build
    }
}

/// What one clause says, and about which job; `nil` where it names none.
struct PolicyClause {
    var change: PolicyChange
    var job: JobReference?
}

/// Rules in the order in which they are tried.
struct PolicyRuleBook: Sendable {
    private let rules: [PolicyRule]
    private let index: PatternIndex

    init(_ rules: [PolicyRule]) {
        self.rules = rules
        index = PatternIndex(rules.map(\.pattern.program))
    }

    func hasRule(beginningWith word: WordKey) -> Bool { index.hasPattern(beginningWith: word) }

    /// Some rule could read a clause of these words, as far as single words can tell.
    func mayRead(within pieces: Pieces) -> Bool { index.mayMatch(within: pieces.map(\.word)) }

    /// What the first rule says that covers all of `pieces`.
    func read(_ pieces: Pieces, in scope: PolicyRule.Scope, _ trace: ReadingTrace? = nil) -> PolicyClause? {
        let input = MatchInput(pieces)
        for place in index.candidates(for: input) {
            let rule = rules[place]
            guard rule.scope == .anywhere || rule.scope == scope, let captures = rule.pattern.match(input),
                let change = rule.build(captures), captures.namesOneJob
            else { continue }
            trace?.add(.matched, "\"\(pieces.text)\" by the rule  \(rule.pattern.text)")
            return PolicyClause(change: change, job: captures.policyJob)
        }
        return nil
    }
}

extension Captures {
    /// "retry only once" names none.
    fileprivate var policyJob: JobReference? {
        named("job").flatMap { ["only", "just"].contains($0.words.lowercased()) ? nil : $0 }
    }

    /// "give the backup high priority and 2 retries" is two clauses, and no job is called "backup high priority and".
    fileprivate var namesOneJob: Bool { !(self["job"] ?? []).contains(where: PolicyWords.isSeparator) }
}

extension PolicyChange {
    /// A change that sets one policy; `nil` where there is no value.
    static func setting<Value>(_ policy: WritableKeyPath<PolicyChange, Value?>, _ value: Value?) -> PolicyChange? {
        PolicyChange().and(policy, value)
    }

    func and<Value>(_ policy: WritableKeyPath<PolicyChange, Value?>, _ value: Value?) -> PolicyChange? {
        guard let value else { return nil }
        var change = self
        change[keyPath: policy] = value
        return change
    }
}

extension JobReference {
    /// The job that the sentence makes, or the one last spoken of: "it", "the job", "each run".
    var isSelf: Bool { isPronoun || Self.selves.contains(words.lowercased()) }

    private static let selves: Set<String> = [
        "run", "runs", "job", "script", "task", "playbook", "request", "reminder", "a run", "this one", "that one",
    ]
}
