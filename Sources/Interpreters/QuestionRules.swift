import IntentContract

/// Asking about what is there and what will be.
enum QuestionRules {
    static let rules =
        ExplanationRules.rules + CostRules.rules + forecasts + deliveries + HistoryRules.rules + lists + single

    private static let forecasts: [IntentRule] = [
        IntentRule(
            """
            what|which [jobs|reminders|tasks|playbooks|else] (is running / are running / running / will run / will
            fire / will happen / will start / is going to run / is going to happen / are going to run / is due / are
            due / are coming up / is coming up / runs / run / is up / is on / is planned / are planned / is happening
            / fires / is next / happens / is to run / is going on / is set to run / will be running / will be due)
            [next] <time>
            """
        ) { Forecast(span: $0.span) },
        IntentRule(
            """
            what|which [jobs|reminders|tasks|playbooks] (is / are) [all] scheduled|coming|lined|planned [up] [to run]
            [for|on|in] <time>
            """
        ) { Forecast(span: $0.span) },
        IntentRule(
            """
            what (do i have / have i got / do we have / have we got) [scheduled|coming|planned|due|on] [up]
            [for|on|in] <time>
            """
        ) { Forecast(span: $0.span) },
        IntentRule("what does <time> look like") { Forecast(span: $0.span) },
        IntentRule("what <time:time> looks like") { Forecast(span: $0.span) },
        IntentRule("how does <time> look") { Forecast(span: $0.span) },
        IntentRule(
            """
            (is there anything / is anything / anything / any jobs / any reminders / is something / do i have anything
            / are any jobs / are there any jobs / are there any reminders / what)
            [scheduled|due|planned|running|coming|going] [up] [to run] [for|on|in] <time>
            """
        ) { Forecast(span: $0.span) },
        IntentRule("(will / does) (anything / something) run|happen|fire <time>") { Forecast(span: $0.span) },
        IntentRule("[show] [give] [me] [the|a|my] forecast|outlook|agenda|preview|schedule|plan [for|of] <time>") {
            Forecast(span: $0.span)
        },
        IntentRule(
            "[show|list|give] [me] [the|all] [upcoming] runs|jobs|reminders|occurrences (for / of / on / in) <time>"
        ) { Forecast(span: $0.span) },
        IntentRule("[show|give] [me] [the|a|my] forecast|agenda|outlook|preview") { _ in Forecast() },
        IntentRule(
            """
            (what is next / what is coming / what is coming up / what is up next / what comes next / what will run
            next / what runs next / what is due / what is due next / what will happen next / upcoming / upcoming runs
            / upcoming jobs / show upcoming runs / show me upcoming runs / show me what is next / what is on the
            agenda / what is due soon / what will run / what is going to run next / what is going to run / show
            upcoming jobs / show me what is coming up / which job runs next / which job is next)
            """
        ) { _ in Forecast() },
        IntentRule("[show] [me] what is on [the] [agenda|calendar|schedule|plan|list|menu] [for] <time>") {
            Forecast(span: $0.span)
        },
        IntentRule("when is (my / the) next (reminder / job / run / task / one)") { _ in Forecast() },
        IntentRule(
            "[show|list|tell] [me] [everything / all jobs / jobs / all] that|which (will run / runs / run / is due) <time>"
        ) {
            Forecast(span: $0.span)
        },
        IntentRule("what is the next (thing / job / one / run) [to run]") { _ in Forecast() },
        IntentRule("how many jobs [will] run <time>") { Forecast(span: $0.span) },
        IntentRule("<time> what (will run / is due / runs / is scheduled)") { Forecast(span: $0.span) },
    ]

    private static let deliveries: [IntentRule] = [
        IntentRule(
            """
            (was / were / has / have / did / is) <job> [been] [get|got] [already] delivered|sent [out] [already] [yet]
            [<time>] [to <gateway>]
            """
        ) { ListDeliveries(job: Self.particular($0)) },
        IntentRule("did <job> (arrive / go out / reach me / get through / reach <gateway>) [already] [<time>]") {
            ListDeliveries(job: Self.particular($0))
        },
        IntentRule("did <gateway> get|receive <job> [<time>]") { ListDeliveries(job: Self.particular($0)) },
        IntentRule("where was <job> sent|delivered [to]") { ListDeliveries(job: Self.particular($0)) },
        IntentRule("when was <job> [last] sent|delivered") { ListDeliveries(job: Self.particular($0)) },
        IntentRule("[show|list|give] [me] [all] [the|my] [last|recent|latest|failed|pending] deliveries [<time>]") {
            _ in ListDeliveries()
        },
        IntentRule(
            """
            [show|list|give] [me] [all] [the|my] [last|recent|latest|failed] deliveries (of / for / from) <job>
            [<time>]
            """
        ) { ListDeliveries(job: Self.particular($0)) },
        IntentRule(
            """
            what|which [messages|notifications|deliveries] (was / were / have been / has been / did you) [all]
            sent|delivered|send|deliver|failed|fail [out] [to <gateway>] [<time>]
            """
        ) { _ in ListDeliveries() },
        IntentRule(
            """
            what|which [of] [my|the] [messages|notifications|deliveries|reports|reminders] (could not be / can not be / were
            not / was not / have not been / did not get) sent|delivered [out] [to <gateway>] [<time>]
            """
        ) { _ in ListDeliveries() },
        IntentRule(
            """
            [show|list|give|tell] [me] [all] [the|my] messages|notifications|deliveries|alerts [that|which] (were / was /
            have been / you / got / are) [all] [not] sent|delivered|failed [out] [to <gateway>] [<time>]
            """
        ) { _ in ListDeliveries() },
        IntentRule("[show] [me] what you sent [out] [<time>]") { _ in ListDeliveries() },
        IntentRule("(were / have) [all|any] [the|my] messages|notifications [been] delivered|sent [<time>]") { _ in
            ListDeliveries()
        },
        IntentRule(
            """
            did [all|any|my|the] [my|the] messages|notifications|deliveries (go out / arrive / get through / fail)
            [<time>]
            """
        ) { _ in ListDeliveries() },
        IntentRule("[show|list] [me] undelivered messages") { _ in ListDeliveries() },
    ]

    /// "anything" and "everything" are no particular job.
    private static func particular(_ captures: Captures) -> JobReference? {
        let job = captures.named("job")
        let generic: Set<String> = ["anything", "everything", "something", "it all", "messages", "reminders"]
        return job.map { generic.contains($0.words.lowercased()) } == true ? nil : job
    }

    private static let lists: [IntentRule] = [
        IntentRule(
            """
            [show|list|tell|give] [me] (what is / what else is / what all is / what have i / what have i got / what
            have we got / what do i have / what did i / whatever is) [currently|all|still|already] (scheduled / set up
            / planned / active / running / on the schedule / on my schedule / configured / schedule) [right] [now]
            [here] [at the moment / at present / currently / these days / so far]
            """
        ) { _ in ListJobs() },
        IntentRule(
            """
            [show|list|display|see|give|print|view] [me] (a list of / the list of / an overview of) [all] [of]
            [my|the|our] jobs|reminders|schedules|tasks|playbooks
            """
        ) { Self.list($0) },
        IntentRule(
            """
            (show / list / display / see / print / view / show me / give me / i want to see / let me see / can i see)
            [all] [of] [my|the|our] [scheduled|existing|current] (jobs / schedules / schedule / tasks / everything /
            job list / jobs and reminders / things) [i] [have] [you] [have]
            """
        ) { _ in ListJobs() },
        IntentRule(
            """
            (show / list / display / see / print / view / show me / give me / i want to see / let me see / can i see)
            [all] [of] [my|the|our] [<state:word>] <kind:word>
            """
        ) { Self.kinds($0) },
        IntentRule("list|show [me] all [of] [them]") { _ in ListJobs() },
        IntentRule(
            """
            [show|list|give|tell] [me] (every / each / all / any / the / my / all my / all the / all of my / which / what)
            job|jobs|reminder|reminders|playbook|playbooks|task|tasks (that is / that are / which is / which are / is /
            are) [currently|now|still] <state:word> [right] [now] [at the moment]
            """
        ) { Self.filtered($0) },
        IntentRule(
            """
            (list / ls / jobs / my jobs / all jobs / job list / my schedule / list everything / show everything / my
            reminders / overview / list jobs)
            """
        ) { _ in ListJobs() },
        IntentRule(
            """
            what|which (jobs / tasks / schedules / things) (do i have / have i got / are there / exist / do we have /
            have i set up / did i set up / have i scheduled / have i created / are scheduled / are set up / are set /
            are running / do you have / do you know / have you got / are currently scheduled / are planned) [right]
            [now] [currently] [scheduled] [set] [up] [running] [at the moment / at present / these days / so far]
            """
        ) { _ in ListJobs() },
        IntentRule(
            """
            what|which <kind:word> (do i have / have i got / are there / exist / do we have / have i set up / have i
            scheduled / are scheduled / are set up / are set / do you have) [right] [now] [currently] [scheduled]
            [set] [up] [running]
            """
        ) { Self.kinds($0) },
        IntentRule("what|which [of] [my|the] [jobs|reminders|tasks|playbooks] (is / are) [currently] <state:word>") {
            Self.filtered($0)
        },
        IntentRule("[do i have / are there / have i got] any [<state:word>] (jobs / reminders / tasks / playbooks)") {
            Self.filtered($0)
        },
        IntentRule(
            "how many (jobs / tasks / schedules) (do i have / are there / have i got / do we have / are scheduled)"
        ) { _ in ListJobs() },
        IntentRule("how many <kind:word> (do i have / are there / have i got / are scheduled)") { Self.kinds($0) },
        IntentRule(
            """
            (list / show / show me) [all] [of] [my|the] (jobs / reminders / everything) (that go to / going to / sent
            to / on / delivered to / for / to) <gateway>
            """
        ) { ListJobs(filter: $0.recipient) },
        IntentRule(
            """
            (list / show / show me / which / what) [all] [of] [my|the] jobs (about / with / for / matching / named /
            called / are about / related to) <rest>
            """
        ) { ListJobs(filter: $0.text("rest")) },
        IntentRule("what are my [<state:word>] (jobs / reminders / playbooks / tasks)") { Self.filtered($0) },
        IntentRule("what (goes / is going / is sent / do you send) to <gateway>") { ListJobs(filter: $0.recipient) },
        IntentRule("what is on (my / the) (schedule / list / calendar / plan)") { _ in ListJobs() },
    ]

    private static let states: Set<String> = [
        "paused", "active", "failing", "failed", "finished", "running", "disabled", "enabled", "waiting", "recurring",
        "daily", "weekly", "monthly", "hourly", "stopped", "inactive", "done", "broken", "snoozed", "waiting",
    ]
    private static let kindNames: Set<String> = [
        "reminders", "playbooks", "prompts", "scripts", "jobs", "tasks", "schedules", "reports", "backups", "watches",
    ]

    private static func list(_ captures: Captures) -> ListJobs { ListJobs() }

    /// "reminders", "paused jobs": what is named beside "jobs" narrows the list.
    private static func filtered(_ captures: Captures) -> ListJobs? {
        guard let state = captures["state"]?.first?.key else { return ListJobs() }
        guard states.contains(state) || Gateways.recipient(state) != nil else { return nil }
        return ListJobs(filter: state)
    }

    private static func kinds(_ captures: Captures) -> ListJobs? {
        guard let kind = captures["kind"]?.first?.key, kindNames.contains(kind) else { return nil }
        if captures["state"] != nil { return filtered(captures) }
        return ListJobs(filter: ["jobs", "tasks", "schedules"].contains(kind) ? nil : kind)
    }

    private static let single: [IntentRule] = [
        IntentRule("what is (the / my) <job> job|reminder|playbook|task [about]") { ShowJob(job: $0.job) },
        IntentRule("[show|tell|give] [me] [when] [is] [the] next run|occurrence|time (of / for) <job>") {
            ShowJob(job: $0.job)
        },
        IntentRule(
            """
            [show] [tell] [give] [me] [the|all|some|more] details|info|information|specifics|config|configuration (of
            / for / about / on) <job>
            """
        ) { ShowJob(job: $0.job) },
        IntentRule(
            """
            (show / display / view / describe / open / inspect / show me / tell me about / tell me more about / let me
            see / give me details on / let me look at / look up / pull up / i want to see / see / print) <job>
            [details|card]
            """
        ) { ShowJob(job: $0.job) },
        IntentRule("when (is / are / will be) [the|my] next <job> [run|due|scheduled] [due]") { ShowJob(job: $0.job) },
        IntentRule(
            "when (is / are) <job> [due|next|scheduled|up|supposed|set|planned|going] [next|due|again] [to] [run|fire]"
        ) { ShowJob(job: $0.job) },
        IntentRule(
            """
            when (does / do / will / should / is) <job> [next] (run / fire / happen / start / go off / go out / be due
            / be run / going to run / remind me) [next / again / the next time]
            """
        ) { ShowJob(job: $0.job) },
        IntentRule(
            """
            (what time / at what time / how often / on what days / which days / on which days / what days) (does / do
            / will / is) <job> [next] (run / fire / happen / start / go off / go out / scheduled / due) [next]
            """
        ) { ShowJob(job: $0.job) },
        IntentRule(
            """
            (what is / what are / show me) the (schedule / next run / timing / next occurrence / status / next runs)
            (of / for) <job>
            """
        ) { ShowJob(job: $0.job) },
        IntentRule("[the] next run (of / for) <job>") { ShowJob(job: $0.job) },
        IntentRule("how is <job> (scheduled / set up / configured)") { ShowJob(job: $0.job) },
        IntentRule("what (does / will) <job> [actually] do") { ShowJob(job: $0.job) },
        IntentRule("what is in <job>") { ShowJob(job: $0.job) },
        IntentRule(
            """
            is <job> [still|currently] (paused / active / scheduled / on / off / enabled / disabled / set up / set /
            running)
            """
        ) { ShowJob(job: $0.job) },
        IntentRule(
            "where (does / will / do) <job> (go / go to / get sent / get delivered / be sent / be delivered) [to]"
        ) { ShowJob(job: $0.job) },
        IntentRule("what steps (does / has) <job> [have|got]") { ShowJob(job: $0.job) },
        IntentRule("(status / details) (of / for) <job>") { ShowJob(job: $0.job) },
    ]
}
