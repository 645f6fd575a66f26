import JobModel

/// How a run is tried: again after a failure, for how long, and when the job gives up.
enum RunPolicyRules {
    static let rules = retries + noRetries + retryManners + timeouts + pauses

    /// What "retry if it fails" comes to, where no count is said.
    private static let usualRetries = 3

    private static let upTo = "[up to / at most / for at most / a maximum of / max / no more than / as often as]"
    private static let onFailure = """
        (if it fails / if that fails / if this fails / if a run fails / if it failed / if it does not work / if it did not
        work / when it fails / when that fails / on failure / on failures / on error / on errors / on any error / on a
        failure / on an error / after a failure / after an error / after failures / if something goes wrong / if there is
        an error / in case it fails / in case of failure / in case of errors / in case of an error / should it fail)
        """
    private static let apart = """
        (<wait:text> apart / <wait:text> between (them / attempts / tries / retries / each) / with <wait:text> in between
        / with <wait:text> between (them / attempts / tries / retries / each) / waiting <wait:text> [in between / each
        time / between attempts / between tries / between them / before each] / after <wait:text> each / at intervals of
        <wait:text> / with (exponential / growing / increasing) <backoff:word>)
        """
    private static let ending = "[\(onFailure)] [\(apart)] [\(onFailure)]"

    // MARK: Retries

    private static let retries: [PolicyRule] = [
        PolicyRule("[\(onFailure)] retry|re-try [<job>] [again] [for] \(upTo) <n> [more] times|time [more] \(ending)") {
            retries($0, $0.number())
        },
        PolicyRule("[\(onFailure)] retry|re-try [<job>] [only|just] <count:word> \(ending)") {
            retries($0, often($0.text("count")))
        },
        PolicyRule(
            """
            [\(onFailure)] (try / attempt / run / start) [<job>] [again] \(upTo) <n> (more times / further times /
            additional times / more time / times more / times again / more attempts / more tries) \(ending)
            """
        ) { retries($0, $0.number()) },
        PolicyRule("[\(onFailure)] try [<job>] again [up to / at most] <n> times|time \(ending)") {
            retries($0, $0.number())
        },
        PolicyRule("[\(onFailure)] try [<job>] again [only|just] <count:word> [more] \(ending)") {
            retries($0, often($0.text("count")))
        },
        PolicyRule("[\(onFailure)] try [<job>] \(upTo) <n> times [in all / in total / altogether] \(ending)", .creation)
        {
            retries($0, $0.number().map { $0 - 1 })
        },
        PolicyRule(
            """
            [\(onFailure)] [with / use / set / make / do / allow / allow <job> / give <job> / let <job> have] \(upTo) <n>
            [more|further|additional] retries|retry [at] [most] \(ending)
            """
        ) { retries($0, $0.number()) },
        PolicyRule(
            """
            [\(onFailure)] [with / use / allow / allow <job> / give <job> / let <job> have] \(upTo) <n>
            more|further|additional attempts|tries|attempt|try \(ending)
            """
        ) { retries($0, $0.number()) },
        PolicyRule("(with / allow / allow <job> / give <job>) \(upTo) <n> attempts|tries \(ending)") {
            retries($0, $0.number().map { $0 - 1 })
        },
        PolicyRule(
            """
            <job> (should / must / may / can) (retry / be retried / be tried again / try again) \(upTo) <n> [more] times
            \(ending)
            """
        ) { retries($0, $0.number()) },
        PolicyRule(
            """
            (make / let / have) <job> [to] (retry / try again / be retried) (\(upTo) <n> [more] times|time / [only|just]
            <count:word>) \(ending)
            """
        ) { retries($0, $0.number() ?? often($0.text("count"))) },
        PolicyRule("set|change|raise|lower [the] [number] [of] retries [(of / for) <job>] to <n>") {
            retries($0, $0.number())
        },
        PolicyRule("set|change|raise|lower <job> retries to <n>") { retries($0, $0.number()) },
        PolicyRule("retry|re-try [<job>] \(onFailure) [\(apart)]") { retries($0, usualRetries) },
        PolicyRule("try [<job>] again \(onFailure) [\(apart)]") { retries($0, usualRetries) },
        PolicyRule("\(onFailure) (retry / retry <job> / try again / try <job> again) [\(apart)]") {
            retries($0, usualRetries)
        },
        PolicyRule("retry|re-try [<job>] every <wait:text> (up to / at most) <n> times \(ending)") {
            retries($0, $0.number())
        },
    ]

    private static let noRetries: [PolicyRule] = [
        PolicyRule("(do not / never) (retry / retry <job> / try again / try <job> again) [\(onFailure)]") { _ in
            PolicyChange.setting(\.retries, 0)
        },
        PolicyRule(
            """
            [with] (without / no) [any] (retries / retry / retrying / retrying it / further attempts / more attempts /
            trying again)
            """
        ) { _ in PolicyChange.setting(\.retries, 0) },
        PolicyRule("<job> (should / must / may) (not be retried / never be retried / not retry)") { _ in
            PolicyChange.setting(\.retries, 0)
        },
        PolicyRule("(do not allow / allow no / give <job> no) retries") { _ in PolicyChange.setting(\.retries, 0) },
    ]

    /// "once" is 1.
    private static func often(_ word: String?) -> Int? {
        ["once": 1, "twice": 2, "thrice": 3][word?.lowercased() ?? ""]
    }

    private static func retries(_ captures: Captures, _ count: Int?) -> PolicyChange? {
        guard let count, count >= 0, let change = PolicyChange.setting(\.retries, count) else { return nil }
        if captures["backoff"] != nil { return growing(captures, change) }
        guard let wait = captures["wait"] else { return change }
        return PolicyDuration.text(wait).flatMap { evenly($0, change) }
    }

    /// Equal waits of this length, with nothing left to chance.
    private static func evenly(_ wait: String, _ change: PolicyChange = PolicyChange()) -> PolicyChange? {
        change.and(\.retryBase, wait)?.and(\.retryCap, wait)?.and(\.retryFactor, 1)?.and(\.retryJitter, "none")
    }

    private static func growing(_ captures: Captures, _ change: PolicyChange) -> PolicyChange? {
        guard ["backoff", "waits", "delays", "intervals"].contains(captures.text("backoff")?.lowercased() ?? "") else {
            return nil
        }
        return change.and(\.retryFactor, 2)?.and(\.retryJitter, "full")
    }

    private static let retryManners: [PolicyRule] = [
        PolicyRule("(wait / waiting) <wait:text> between (retries / attempts / tries)") {
            PolicyDuration.text($0["wait"]).flatMap { evenly($0) }
        },
        PolicyRule("(with / use) (exponential / growing / increasing) <backoff:word>") { growing($0, PolicyChange()) },
        PolicyRule(
            """
            [only] retry|re-try [<job>] [only|just] (on / for / after) [only] (passing / temporary / transient / network)
            (errors / failures / problems)
            """
        ) { _ in PolicyChange.setting(\.retryOn, "passing") },
        PolicyRule("retry|re-try [<job>] (on / for / after) (all / every / any / whatever) (errors / error / failure)")
        {
            _ in PolicyChange.setting(\.retryOn, "any")
        },
    ]

    // MARK: Time limits

    private static let takes = "(takes / runs / lasts / take / run / last / needs / is running / has run) [for]"
    private static let end = "(stop / kill / abort / cancel / end / interrupt / terminate)"

    private static let timeouts: [PolicyRule] = [
        PolicyRule("give up after <limit:rest>") { timeout($0) },
        PolicyRule("give up on <job> after <limit:rest>") { timeout($0) },
        PolicyRule("<job> (should / must / may) give up after <limit:rest>") { timeout($0) },
        PolicyRule("(kill / abort / interrupt / terminate / time out / timeout) [<job>] after <limit:rest>") {
            timeout($0)
        },
        PolicyRule("(stop / cancel / end) <job> after <limit:rest>", .creation) { timeout($0) },
        PolicyRule(
            """
            [with / use / set / allow / give <job> / set <job> to] [a|an|the] (timeout / time limit / time-out / runtime
            limit) [of|after|is|to] <limit:rest>
            """
        ) { timeout($0) },
        PolicyRule("[with / use / set / give <job>] a|an <limit:text> (timeout / time limit / time-out)") {
            timeout($0)
        },
        PolicyRule("(set / change / raise / lower) [the] (timeout / time limit) [(of / for) <job>] to <limit:rest>") {
            timeout($0)
        },
        PolicyRule("(set / change / raise / lower) <job> (timeout / time limit) to <limit:rest>") { timeout($0) },
        PolicyRule("<job> (times / should time / must time) out after <limit:rest>") { timeout($0) },
        PolicyRule(
            """
            <job> (may / can / should / must / is allowed to) [only] (take / run / last / need) [for] (at most / up to /
            no more than / no longer than / not more than / not longer than / a maximum of / only) <limit:rest>
            """
        ) { timeout($0) },
        PolicyRule(
            "<job> (may / can / should / must) (not / never) (take / run / last) [for] (longer / more) than <limit:rest>"
        ) { timeout($0) },
        PolicyRule(
            """
            <job> (must / has to / should / needs to) (finish / be done / be finished / complete / end) (within / in
            under / in less than) <limit:rest>
            """
        ) { timeout($0) },
        PolicyRule(
            "(if / when / in case / should) <job> \(takes) (longer / more) than <limit:text> (give up / \(end) it)"
        ) {
            timeout($0)
        },
        PolicyRule(
            "(give up / \(end) <job>) (if / when / in case) (it / a run) \(takes) (longer / more) than <limit:rest>"
        ) { timeout($0) },
        PolicyRule("limit <job> to <limit:text> [per run / a run / each run]") { timeout($0) },
        PolicyRule("(allow / give) <job> [at most / up to] <limit:text> (per run / a run / to run / to finish)") {
            timeout($0)
        },
        PolicyRule(
            """
            [for] (at most / up to / no more than / no longer than / not longer than) <limit:text> (per run / a run / each
            run / for each run / per attempt)
            """
        ) { timeout($0) },
    ]

    private static func timeout(_ captures: Captures) -> PolicyChange? {
        .setting(\.timeout, PolicyDuration.text(captures["limit"]))
    }

    // MARK: Failures in a row

    private static let pause = "(pause / suspend / stop / disable / deactivate / halt / turn off / switch off)"
    private static let inARow = "[in a row / in succession / running / one after another / consecutively]"
    private static let failures = """
        [consecutive|straight] (failures / failed runs / failed attempts / errors / fails / crashes / failure)
        """

    private static let pauses: [PolicyRule] = [
        PolicyRule("\(pause) [<job>] after <n> \(failures) \(inARow)") { pause($0) },
        PolicyRule("after <n> \(failures) \(inARow) (\(pause) / \(pause) <job>)") { pause($0) },
        PolicyRule(
            "\(pause) <job> (if / when / once / as soon as) it (fails / failed / has failed) <n> times \(inARow)"
        ) {
            pause($0)
        },
        PolicyRule("(if / when / once) <job> (fails / failed / has failed) <n> times \(inARow) \(pause) it") {
            pause($0)
        },
        PolicyRule("(never / do not) \(pause) <job> (by itself / by yourself / on its own / automatically)") { _ in
            PolicyChange.setting(\.pauseAfter, 0)
        },
        PolicyRule("never (pause / suspend) <job> [\(onFailure)]") { _ in PolicyChange.setting(\.pauseAfter, 0) },
        PolicyRule("(never / do not) \(pause) <job> (\(onFailure) / because of failures / for failures)") { _ in
            PolicyChange.setting(\.pauseAfter, 0)
        },
        PolicyRule("keep <job> (on / running / active / going) even (if / when) it (fails / keeps failing)") { _ in
            PolicyChange.setting(\.pauseAfter, 0)
        },
    ]

    private static func pause(_ captures: Captures) -> PolicyChange? {
        .setting(\.pauseAfter, captures.number().flatMap { $0 > 0 ? $0 : nil })
    }
}
