import ArgumentParser
import IntentContract
import JobModel

/// How a job behaves, by flags: each is a policy's key with dashes.
///
/// Values are checked where the policies are made, so that words, flags and files refuse the same things in the same words.
struct PolicyFlags: ParsableArguments {
    @Option(help: "Missed runs: skip, once or all.") var missed: String?
    @Option(help: "A run missed by more than this is skipped: 2h, or unlimited.") var missedWindow: String?
    @Option(help: "With --missed all: how many are made up for at most.") var missedCap: Int?
    @Option(help: "While an earlier run is under way: skip, queue-one, allow or cancel-other.") var overlap: String?
    @Option(help: "Runs of the job at a time.") var parallel: Int?
    @Option(help: "Jobs of one group take turns; none leaves it.") var group: String?
    @Option(help: "Further attempts after a failure.") var retries: Int?
    @Option(help: "The wait before the first retry: 10s.") var retryBase: String?
    @Option(help: "How many times longer each further wait is.") var retryFactor: Double?
    @Option(help: "The longest wait before a retry.") var retryCap: String?
    @Option(help: "full spreads the waits at random, none keeps to them.") var retryJitter: String?
    @Option(help: "Failures that are retried: passing or any.") var retryOn: String?
    @Option(help: "How long one attempt may take: 30s, 10m, 2h.") var timeout: String?
    @Option(help: "critical, high, normal or low.") var priority: String?
    @Option(help: "at-least-once or at-most-once.") var guarantee: String?
    @Option(help: "Failures in a row after which the job is paused; 0 is never.") var pauseAfter: Int?
    @Option(help: "Bounds in which results may move the next run: 10m..6h, or off.") var adaptive: String?
    @Option(help: "How long an answer to the same question is used again: 6h, or never.") var reuseAnswers: String?

    /// What the flags set; `nil` where none was given.
    var change: PolicyChange? {
        var change = PolicyChange()
        (change.missed, change.missedWindow, change.missedCap) = (missed, missedWindow, missedCap)
        (change.overlap, change.parallel, change.group) = (overlap, parallel, group)
        (change.retries, change.retryBase, change.retryFactor) = (retries, retryBase, retryFactor)
        (change.retryCap, change.retryJitter, change.retryOn) = (retryCap, retryJitter, retryOn)
        (change.timeout, change.priority, change.guarantee) = (timeout, priority, guarantee)
        (change.pauseAfter, change.adaptive, change.reuseAnswers) = (pauseAfter, adaptive, reuseAnswers)
        return change.isEmpty ? nil : change
    }
}

/// Reads a sentence as another interpreter does, and sets policies of the new jobs in it: flags stand above words.
struct FlaggedInterpreter: Interpreter {
    let base: any Interpreter
    let policies: PolicyChange

    var name: String { base.name }
    var grammar: any Interpreter { FlaggedInterpreter(base: base.grammar, policies: policies) }

    func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
        var interpretation = await base.interpret(text, in: context)
        let intents = interpretation.intents.map { $0.setting(policies) }
        interpretation.readings = interpretation.readings.map { reading in reading.map { $0.setting(policies) } }
        guard intents == interpretation.intents, interpretation.question == nil, !intents.isEmpty else {
            interpretation.intents = intents
            return interpretation
        }
        return Interpretation(
            interpreter: interpretation.interpreter, certainty: .none,
            remark: "Flags for policies need words for a new job; \"rota jobs edit\" sets those of one that exists.")
    }
}
