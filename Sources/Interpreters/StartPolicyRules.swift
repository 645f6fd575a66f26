import JobModel

/// When a run may start: after it was missed, beside other runs, before other jobs, and how often.
enum StartPolicyRules {
    static let rules = missed + missedWindows + overlaps + groups + parallels + priorities + guarantees + adaptives

    // MARK: Missed runs

    private static let runs = "(runs / run / ones / one / occurrences / occurrence / executions / starts / times)"
    private static let ifMissed =
        "(if / when / whenever / in case / should) [<job>] [is / was / gets / has been / be / being] missed"
    private static let skipIt = """
        (skip / skip it / skip that one / skip that run / skip them / ignore it / drop it / leave it / forget it / forget
        about it / do nothing / do not run it / do not run it later / do not make up for it / let it go / leave it out)
        """
    private static let several = "[[but] (at most / up to / no more than / max / a maximum of) <n> [of them / runs]]"

    private static let missed: [PolicyRule] = [
        PolicyRule("(skip / ignore / drop / forget / leave out) [all|any|the] missed|late \(runs)") { _ in
            PolicyChange.setting(\.missed, "skip")
        },
        PolicyRule("(skip / ignore / drop / forget) (runs / all runs / any runs) [that] (are / were) missed") { _ in
            PolicyChange.setting(\.missed, "skip")
        },
        PolicyRule(
            """
            (do not / never) (make up for / catch up on / catch up with / run / repeat) [any|all|the] missed \(runs)
            """
        ) { _ in PolicyChange.setting(\.missed, "skip") },
        PolicyRule("(do not / never / without / no) (catch up / catching up)") { _ in
            PolicyChange.setting(\.missed, "skip")
        },
        PolicyRule("\(ifMissed) \(skipIt)") { _ in PolicyChange.setting(\.missed, "skip") },
        PolicyRule("skip <job> (if / when) (missed / it is missed / it was missed / it gets missed)") { _ in
            PolicyChange.setting(\.missed, "skip")
        },
        PolicyRule(
            """
            \(ifMissed) (run / run it / run it late / run it later / run it once / make it up / make up for it / do it
            later / catch up / catch up once / catch up with one run / run once / once)
            """
        ) { _ in PolicyChange.setting(\.missed, "once") },
        PolicyRule("(make up for / catch up on / run) [all|any|the] missed \(runs) [only|just] once") { _ in
            PolicyChange.setting(\.missed, "once")
        },
        PolicyRule("(make up for / catch up on / catch up with / run / make up) [only] one missed run") { _ in
            PolicyChange.setting(\.missed, "once")
        },
        PolicyRule(
            """
            (catch up on / catch up with / make up for / run / make up / repeat / do) [all|every|each] [the|of] [the]
            missed \(runs) [(of / for) <job>] [later|afterwards] \(several)
            """
        ) { all($0) },
        PolicyRule(
            """
            \(ifMissed) (run all of them / run each of them / run every one / run them all / catch up on all / catch up on
            all of them / make up for all of them / make up for each one / make up for every one / make up for each) \(several)
            """
        ) { all($0) },
    ]

    private static func all(_ captures: Captures) -> PolicyChange? {
        guard captures["n"] != nil else { return .setting(\.missed, "all") }
        return PolicyChange.setting(\.missed, "all")?.and(\.missedCap, captures.number())
    }

    private static let missedWindows: [PolicyRule] = [
        PolicyRule("\(ifMissed) by (more / longer) than <window:text> \(skipIt)") { window($0) },
        PolicyRule("(if / when / should) <job> (is / was / be) [more] [than] <window:text> [too] late \(skipIt)") {
            window($0)
        },
        PolicyRule("skip <job> (if / when) (missed / it is missed / it was missed) by more than <window:rest>") {
            window($0)
        },
        PolicyRule("skip <job> (if / when / that are / that is) [it] [is|was] more than <window:text> late") {
            window($0)
        },
        PolicyRule("(catch up / catch up on missed runs / make up for missed runs) [only] within <window:rest>") {
            window($0)
        },
    ]

    private static func window(_ captures: Captures) -> PolicyChange? {
        .setting(\.missedWindow, PolicyDuration.text(captures["window"]))
    }

    // MARK: Overlap

    private static let earlier = """
        (it / one / a run / the last one / the last run / the old one / the old run / the previous one / the previous run /
        an earlier run / an earlier one / the earlier run / another run / another one / the one before / the run before)
        """
    private static let isBusy = """
        (is still running / is running / still runs / is already running / is still going / is still under way / is under
        way / is still busy / is not finished [yet] / is not done [yet] / has not finished [yet])
        """
    private static let whileBusy = "(if / when / while / as long as / in case) (\(earlier) / <job>) \(isBusy)"
    private static let doSkip = """
        (skip / skip it / skip the new one / skip that run / skip the next [one|run] / skip this one / do not start [it]
        [again] / do not start another [one|run] / do not start a new one / do nothing / leave it out / leave it)
        """
    private static let doWait = """
        (wait / wait for it / wait for it to finish / wait until it is done / wait until it has finished / queue it / queue
        one / queue up / queue the next [one|run] / let the next [one|run] wait / let one wait / start after it)
        """
    private static let doCancel = """
        (stop / stop it / kill it / cancel it / end it / replace it / abort it / stop that one / (stop / kill / cancel / end
        / abort / replace) the (old / first / earlier / previous / running / last) (one / run))
        """
    private static let doBoth = """
        (start another [one|run] / start it anyway / start anyway / run it anyway / run anyway / run both / let both run /
        run them both / run them side by side / run the new one [too / anyway / beside it])
        """

    private static let overlaps: [PolicyRule] = [
        PolicyRule("\(whileBusy) [then] \(doSkip)") { _ in overlap("skip") },
        PolicyRule("\(whileBusy) [then] \(doWait)") { _ in overlap("queue-one") },
        PolicyRule("\(whileBusy) [then] \(doCancel)") { _ in overlap("cancel-other") },
        PolicyRule("\(whileBusy) [then] \(doBoth)") { _ in overlap("allow") },
        PolicyRule("(\(doSkip) / do not run <job> / never start <job>) \(whileBusy)") { _ in overlap("skip") },
        PolicyRule("\(doWait) \(whileBusy)") { _ in overlap("queue-one") },
        PolicyRule("\(doCancel) (when / if / before / as soon as) (a / the) (new / next) (one / run) (starts / is due)")
        {
            _ in overlap("cancel-other")
        },
        PolicyRule(
            "never|not [run|start|have] (two / 2 / more than one / several) [runs / copies / instances / of them] \(atOnce)"
        ) { _ in overlap("skip") },
        PolicyRule("(do not / never) let <job> run (twice / more than once) \(atOnce)") { _ in overlap("skip") },
        PolicyRule("(do not / never) (run / start) <job> (twice / more than once) \(atOnce)") { _ in overlap("skip") },
        PolicyRule("(only / at most / just / [only] ever) one [run / copy / instance / of them] \(atOnce)") { _ in
            overlap("skip")
        },
        PolicyRule("(never let / do not let) <job> overlap [with] [itself]") { _ in overlap("skip") },
        PolicyRule("(without / no / never) (overlap / overlaps / overlapping / overlapping runs)") { _ in
            overlap("skip")
        },
        PolicyRule("<job> (must / may / should) (not / never) overlap [with] [itself]") { _ in overlap("skip") },
        PolicyRule("(let / allow) <job> [to] overlap [with] [itself]") { _ in overlap("allow") },
        PolicyRule("<job> (may / can) (overlap / run beside itself)") { _ in overlap("allow") },
        PolicyRule("(allow / with) (overlap / overlaps / overlapping runs)") { _ in overlap("allow") },
        PolicyRule("queue [up] [at] [most] one [run / of them]") { _ in overlap("queue-one") },
        PolicyRule("let one [run] wait") { _ in overlap("queue-one") },
    ]

    private static func overlap(_ word: String) -> PolicyChange? { .setting(\.overlap, word) }

    private static let atOnce = """
        (at once / at a time / at the same time / at one time / in parallel / side by side / together / concurrently)
        """

    private static let parallels: [PolicyRule] = [
        PolicyRule(
            """
            [run|allow|start|with|let] (at most / up to / no more than / not more than / max / a maximum of / only) <n>
            [runs / copies / instances / of them] [of <job>] [run|runs] \(atOnce)
            """
        ) { parallel($0) },
        PolicyRule(
            """
            <job> (may / can / should) run (at most / up to / no more than / only) <n> times \(atOnce)
            """
        ) { parallel($0) },
        PolicyRule("(allow / let) <job> [to] run (at most / up to) <n> times \(atOnce)") { parallel($0) },
    ]

    /// One at a time is the other way round: none beside another.
    private static func parallel(_ captures: Captures) -> PolicyChange? {
        guard let count = captures.number(), count > 0 else { return nil }
        return count == 1 ? overlap("skip") : .setting(\.parallel, count)
    }
}
