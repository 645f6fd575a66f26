import IntentContract

/// Asking what past runs came to.
enum HistoryRules {
    static let rules: [IntentRule] = [
        IntentRule("why did|does|has <job> [keep] [not] fail|failed|failing|break|crash|stop|error [<time>]") {
            JobHistory(job: $0.named("job"), outcome: "failed", span: $0.span)
        },
        IntentRule("why <job> failed|broke|crashed|stopped|errored [<time>]") {
            JobHistory(job: $0.named("job"), outcome: "failed", span: $0.span)
        },
        IntentRule("why <job> (is failing / keeps failing / did not run / did not work / is late / was late) [<time>]")
        {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("(whether / if) <job> ran|worked|succeeded|failed|finished [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("why did|has|does <job> not run|fire|start|work|happen|go|ran|succeed [off|out] [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("why did not <job> run|fire|start|work|happen [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("why (did not / has not) <job> run|fire|start|work|happen [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("why (was / is) <job> late|skipped|failing|missed|delayed|broken|slow [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("why did <job> run|fire [late|twice] [<time>]") { JobHistory(job: $0.named("job"), span: $0.span) },
        IntentRule(
            """
            (did / has) (anything / something / any job / any jobs / any of my jobs / any of the jobs / one of my
            jobs) fail|failed|break|go [wrong] [<time>]
            """
        ) { JobHistory(outcome: "failed", span: $0.span) },
        IntentRule("did everything (run / succeed / work) [<time>]") { JobHistory(span: $0.span) },
        IntentRule(
            """
            did|has|have <job> [already|actually|really|even]
            run|ran|work|worked|finish|finished|complete|completed|happen|fire|fired|start|execute|gone
            [ok|okay|fine|through|off|properly|correctly|already] [<time>]
            """
        ) { JobHistory(job: $0.named("job"), span: $0.span) },
        IntentRule(
            "did <time> <job> run|work|finish|complete|happen|fire|start|succeed|pass [ok|okay|fine|through|properly]"
        ) { JobHistory(job: $0.named("job"), span: $0.span) },
        IntentRule("(did <time> <job> fail|break|crash / why did <time> <job> fail|break|crash)") {
            JobHistory(job: $0.named("job"), outcome: "failed", span: $0.span)
        },
        IntentRule("did|has|have <job> fail|failed|break|crash [again] [<time>]") {
            JobHistory(job: $0.named("job"), outcome: "failed", span: $0.span)
        },
        IntentRule("did|has|have <job> succeed|succeeded|pass|passed [<time>]") {
            JobHistory(job: $0.named("job"), outcome: "succeeded", span: $0.span)
        },
        IntentRule("(was / is) <job> (successful / ok / fine) [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("how did <job> go|do|run|turn|work [out] [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("when did <job> last run|fire|execute|start|finish|complete|work") {
            JobHistory(job: $0.named("job"), limit: 1)
        },
        IntentRule("when did <job> (run / fire / execute / start) (last / the last time / most recently)") {
            JobHistory(job: $0.named("job"), limit: 1)
        },
        IntentRule("when did <job> last succeed|pass") {
            JobHistory(job: $0.named("job"), outcome: "succeeded", limit: 1)
        },
        IntentRule("when did <job> last fail|break|crash") {
            JobHistory(job: $0.named("job"), outcome: "failed", limit: 1)
        },
        IntentRule("when was the last time <job> (ran / run / fired / worked)") {
            JobHistory(job: $0.named("job"), limit: 1)
        },
        IntentRule("when was the last time <job> (failed / broke / crashed)") {
            JobHistory(job: $0.named("job"), outcome: "failed", limit: 1)
        },
        IntentRule("when was the last time <job> (succeeded / passed)") {
            JobHistory(job: $0.named("job"), outcome: "succeeded", limit: 1)
        },
        IntentRule("when was <job> last (run / fired / executed)") { JobHistory(job: $0.named("job"), limit: 1) },
        IntentRule("when was the last [successful|failed] <job> [run]") { JobHistory(job: $0.named("job"), limit: 1) },
        IntentRule("[when was] [what was] [show] [me] [the] last|latest|most [recent] run (of / for) <job>") {
            JobHistory(job: $0.named("job"), limit: 1)
        },
        IntentRule(
            """
            (what happened / what happened with / what went wrong / what went wrong with / what is wrong with / what
            happened to) [with|to|in] <job> [<time>]
            """
        ) { JobHistory(job: $0.named("job"), span: $0.span) },
        IntentRule(
            """
            what|which [jobs / job / reminders / runs / things / else / of my jobs / of the jobs] [has|have]
            fail|failed|broke|crashed|failing [<time>]
            """
        ) { JobHistory(outcome: "failed", span: $0.span) },
        IntentRule(
            """
            [show|list|give] [me] (everything / all / all jobs / jobs / runs / all runs / the runs / the jobs / what)
            [that|which] [has|have] failed|broke|crashed [<time>]
            """
        ) { JobHistory(outcome: "failed", span: $0.span) },
        IntentRule("what|which [jobs|job] (went wrong / did not run / did not work / has gone wrong) [<time>]") {
            JobHistory(outcome: "failed", span: $0.span)
        },
        IntentRule("what|which [jobs|job] [has|have] succeeded|worked [<time>]") {
            JobHistory(outcome: "succeeded", span: $0.span)
        },
        IntentRule(
            """
            what|which [jobs|job|reminders] [has|have] (ran / run / fired / happened / was run / were run / been run /
            been running) <time>
            """
        ) { JobHistory(span: $0.span) },
        IntentRule(
            """
            (what happened / what ran / which jobs ran / what have you done / what did you do / what did you run)
            [<time>]
            """
        ) { JobHistory(span: $0.span) },
        IntentRule(
            "[show|list|give] [me] [the|my|all] [recent] (failures / failed runs / errors / failed jobs) [<time>]"
        ) { JobHistory(outcome: "failed", span: $0.span) },
        IntentRule(
            """
            (were there / are there / was there / have there been) [any|a|many] failures|failure|errors|problems
            [<time>]
            """
        ) { JobHistory(outcome: "failed", span: $0.span) },
        IntentRule("any (failures / errors / problems / failed runs) [<time>]") {
            JobHistory(outcome: "failed", span: $0.span)
        },
        IntentRule(
            """
            [show|list|give] [me] [the] [last|latest|recent|past|previous] <n> runs|results|executions|outcomes (of /
            for / from) <job>
            """
        ) { JobHistory(job: $0.named("job"), limit: $0.number()) },
        IntentRule("[show|list|give] [me] [the] [last|latest|recent|past|previous] <n> <job> runs") {
            JobHistory(job: $0.named("job"), limit: $0.number())
        },
        IntentRule("[show|list|give] [me] [the] [last|latest|recent|past|previous] <n> failures (of / for) <job>") {
            JobHistory(job: $0.named("job"), outcome: "failed", limit: $0.number())
        },
        IntentRule(
            """
            [show|list|give] [me] [the] [last|latest|recent|past|previous|all] [failed]
            runs|results|executions|outcomes|failures (of / for / from) <job> [<time>]
            """
        ) { JobHistory(job: $0.named("job"), span: $0.span) },
        IntentRule("[show|list|give] [me] [the] [last|latest|recent] <n> runs [<time>]") {
            JobHistory(span: $0.span, limit: $0.number())
        },
        IntentRule("[show|list|give] [me] [the] [last|latest|recent|past|previous|all] runs [<time>]") {
            JobHistory(span: $0.span)
        },
        IntentRule(
            """
            [show|list|give] [me] [the] [run] (history / log / logs / run history / past runs / track record) (of /
            for / from) <job> [<time>]
            """
        ) { JobHistory(job: $0.named("job"), span: $0.span) },
        IntentRule("(show / see / give me / show me) <job> history|log|logs|runs") { JobHistory(job: $0.named("job")) },
        IntentRule("<job> history|runs") { isOrder($0) ? nil : JobHistory(job: $0.named("job")) },
        IntentRule("[show] [me] [the] [run] history [<time>]") { JobHistory(span: $0.span) },
        IntentRule("[show|give] [me] [the] [last|latest] output|result|results|outcome (of / from) <job> [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span, limit: 1)
        },
        IntentRule("what (was / is) the [last|latest] (output / result / outcome) of <job> [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span, limit: 1)
        },
        IntentRule(
            """
            what did <job> (say / print / return / output / report / do / produce / find / come up with) [last]
            [<time>]
            """
        ) { JobHistory(job: $0.named("job"), span: $0.span, limit: 1) },
        IntentRule("how many times did|has <job> run|ran|fail|failed|fire [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("how often did|has <job> run|fail|failed [<time>]") {
            JobHistory(job: $0.named("job"), span: $0.span)
        },
        IntentRule("how long did <job> (take / run) [<time>]") { JobHistory(job: $0.named("job"), span: $0.span) },
    ]

    /// "skip the next two runs" and "stop the runs" ask for nothing.
    private static func isOrder(_ captures: Captures) -> Bool {
        let orders: Set<String> = [
            "skip", "omit", "drop", "cancel", "delete", "remove", "pause", "stop", "halt", "hold", "snooze", "postpone",
        ]
        return orders.contains(captures["job"]?.first?.key ?? "")
    }
}
