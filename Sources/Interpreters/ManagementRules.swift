import IntentContract

/// Steering jobs that exist: pause, resume, delete, run, snooze, test.
enum ManagementRules {
    static let rules =
        CancellationRules.rules + ChangeRules.renames + pauses + resumes + snoozes + ChangeRules.edits + deletions
        + tests + runs
        + ChangeRules.updates

    /// How long is left open, so the pause stays until it is ended.
    static let aWhile = """
        [for now / now / for a while / for a bit / for the moment / for the time being / until further notice]
        """

    private static let pauses: [IntentRule] = [
        IntentRule("(hold off on / hold off / lay off) <job> \(aWhile) [<time>]") {
            PauseJob(job: $0.job, until: $0.end)
        },
        IntentRule(
            "pause|suspend|disable|deactivate|halt|freeze|hold <job> \(aWhile) [<time>]"
        ) { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("stop <job> \(aWhile) [<time>]") {
            PauseJob(job: $0.job, until: $0.end)
        },
        IntentRule("stop (running / sending / sending me / doing / executing) <job> \(aWhile) [<time>]") {
            PauseJob(job: $0.job, until: $0.end)
        },
        IntentRule("stop reminding me (to / about / of) <job> \(aWhile) [<time>]") {
            PauseJob(job: $0.job, until: $0.end)
        },
        IntentRule("put|place <job> on hold|ice|pause \(aWhile) [<time>]") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("turn|switch|shut <job> off \(aWhile) [<time>]") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("(turn / switch / shut) off <job> \(aWhile) [<time>]") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("do not run <job> [anymore|any] [more] [<time>]") { withhold($0) },
        IntentRule("give <job> a (break / rest / pause) \(aWhile) [<time>]") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("take a break from <job> \(aWhile) [<time>]") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("(keep / leave) <job> (off / paused) \(aWhile) [<time>]") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("<time> pause <job>") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("no [more] <job> until <time>") { PauseJob(job: $0.job, until: $0.end) },
        IntentRule("pause|suspend <job> until <rest>") { openEnded($0) },
    ]

    /// "until I say so" is no time: the pause stays until it is ended.
    private static func openEnded(_ captures: Captures) -> PauseJob? {
        captures["rest"]?.contains(where: \.isTime) == true ? nil : PauseJob(job: captures.job)
    }

    /// "don't run the backup" pauses it, "don't run the backup tomorrow" leaves one day out.
    private static func withhold(_ captures: Captures) -> any IntentBody {
        guard let time = captures["time"] else { return PauseJob(job: captures.job) }
        let isEnd = time.text.lowercased().hasPrefix("until") || time.text.lowercased().hasPrefix("till")
        return isEnd
            ? PauseJob(job: captures.job, until: captures.end) as any IntentBody
            : SnoozeJob(job: captures.job, until: captures.time)
    }

    private static let resumes: [IntentRule] = [
        IntentRule("get <job> (going / running / back on) [again]") { ResumeJob(job: $0.job) },
        IntentRule(
            """
            resume|unpause|reactivate|restart|continue|reenable|re-enable|enable|activate|unsuspend|unfreeze <job>
            [again] [now] [please]
            """
        ) { ResumeJob(job: $0.job) },
        IntentRule("(turn / switch / bring / put) <job> [back] on [again] [now]") { ResumeJob(job: $0.job) },
        IntentRule("(turn / switch) [back] on <job> [again] [now]") { ResumeJob(job: $0.job) },
        IntentRule("bring back <job>") { ResumeJob(job: $0.job) },
        IntentRule("bring <job> back") { ResumeJob(job: $0.job) },
        IntentRule("start <job> (again / back up / up again / back up again)") { ResumeJob(job: $0.job) },
        IntentRule("start (running / sending / doing) <job> again") { ResumeJob(job: $0.job) },
        IntentRule("let <job> (run again / continue / go on / run / resume) [now]") { ResumeJob(job: $0.job) },
        IntentRule("take <job> off hold") { ResumeJob(job: $0.job) },
        IntentRule("<job> (can / may / should) (resume / continue / start again / run again / go on) [now]") {
            ResumeJob(job: $0.job)
        },
    ]

    private static let deletions: [IntentRule] = [
        IntentRule(
            """
            delete|remove|cancel|erase|trash|scrap|kill|discard|drop|ditch|bin|unschedule|abolish|nuke <job> [again]
            [entirely|completely|altogether|forever] [now]
            """
        ) { DeleteJob(job: $0.job) },
        IntentRule(
            "(get rid of / throw away / throw out / do away with / clear out / call off / forget about / forget) <job>"
        ) { DeleteJob(job: $0.job) },
        IntentRule("throw <job> away|out") { DeleteJob(job: $0.job) },
        IntentRule(
            "(i do not / we do not / i no longer / we no longer) need|want <job> [anymore|any] [more|longer] [now]"
        ) { DeleteJob(job: $0.job) },
        IntentRule(
            "<job> (is not needed / is no longer needed / can go / can be deleted / can be removed) [anymore] [now]"
        ) { DeleteJob(job: $0.job) },
        IntentRule("take <job> off (the schedule / my schedule / the list / my list)") { DeleteJob(job: $0.job) },
        IntentRule("remove <job> from (the schedule / my schedule / the list / my list / my jobs / my reminders)") {
            DeleteJob(job: $0.job)
        },
    ]

    private static let runs: [IntentRule] = [
        IntentRule(
            """
            run|execute|start|launch|trigger|fire|rerun|re-run|invoke <job> [once] [one] [more] [right]
            [straight] [away] [now|immediately|asap] [again] [once] [now] [one] [more] [time]
            """
        ) { run($0) },
        IntentRule("(kick off / fire off / set off / start up) <job> [once] [right] [now|immediately|away]") {
            run($0)
        },
        IntentRule("kick <job> off [right] [now]") { run($0) },
        IntentRule("(do / make) <job> [right] now") { run($0) },
        IntentRule("(do / start / give me) a run of <job> [right] [now]") { run($0) },
        IntentRule("(do / send / give me) <job> [right] now") { run($0) },
        IntentRule("let <job> run [right] now") { run($0) },
    ]

    private static func run(_ captures: Captures) -> RunJob? {
        let job = captures.job
        guard !["a", "the", "for"].contains(job.words.lowercased()) else { return nil }
        return RunJob(job: trimmingNoun(job))
    }

    /// "the cooldown playbook" is the one that is called cooldown.
    private static func trimmingNoun(_ job: JobReference) -> JobReference {
        var job = job
        for noun in [" playbook", " workflow"] where job.words.lowercased().hasSuffix(noun) {
            job.words.removeLast(noun.count)
        }
        return job
    }

    private static let tests: [IntentRule] = [
        IntentRule("test|simulate|dry-run|dryrun|rehearse|preview <job> [first] [once] [now] [for] [me]") {
            TestJob(job: $0.job)
        },
        IntentRule(
            """
            (dry run / test run / test out / try out / test-run / dry-run / do a dry run of / do a test run of / do a
            dry run for / do a dry-run of / make a dry run of / give me a dry run of / do a trial run of / do a test
            of / a dry run of / start a dry run of) [of|for] <job> [first] [now]
            """
        ) { TestJob(job: $0.job) },
        IntentRule("(try / give) <job> out [first]") { TestJob(job: $0.job) },
        IntentRule("give <job> a (test / try / dry run / test run)") { TestJob(job: $0.job) },
        IntentRule(
            """
            (run / try) <job> (dry / as a test / in test mode / as a dry run / without sending anything / in dry run
            mode / without effects)
            """
        ) { TestJob(job: $0.job) },
        IntentRule("(show me what / what would) <job> (would do / do / would send) [if it ran] [now]") {
            TestJob(job: $0.job)
        },
    ]

    private static let snoozes: [IntentRule] = [
        IntentRule("skip|omit [the] next [one|time|run|occurrence]") { _ in SnoozeJob(job: JobReference("it")) },
        IntentRule("skip|omit [the] next <n> [runs|occurrences|times|ones] (of / for) <job>") { skipSeveral($0) },
        IntentRule("skip|omit [the] next <n> runs|occurrences|times|ones") { skipSeveral($0) },
        IntentRule("skip|omit <job> [for] [the] next <n> runs|occurrences|times|days") { skipSeveral($0) },
        IntentRule("skip|omit [the] next [run|occurrence|time] of <job>") { SnoozeJob(job: $0.job) },
        IntentRule("(skip / leave out / omit / drop / cancel) [the|my] next <job> [run|occurrence]") {
            SnoozeJob(job: $0.job)
        },
        IntentRule("(skip / omit) <time> <job>") { SnoozeJob(job: $0.job, until: $0.time) },
        IntentRule("(skip / leave out / omit) <job> [just|only] [this|next] [once|one] [next] [time]") { skip($0) },
        IntentRule("(skip / leave out / omit) <job> [just|only] [for] <time>") {
            SnoozeJob(job: $0.job, until: $0.time)
        },
        IntentRule("(skip / leave out / omit) [it] [just|only] [for] <time>") {
            SnoozeJob(job: JobReference("it"), until: $0.time)
        },
        IntentRule("(cancel / skip) <job> (just / only / but only) [for] <time>") {
            SnoozeJob(job: $0.job, until: $0.time)
        },
        IntentRule("not <time> [please]") { SnoozeJob(job: JobReference("it"), until: $0.time) },
        IntentRule("not <time> (for / with) <job>") { SnoozeJob(job: $0.job, until: $0.time) },
        IntentRule("(no / do not do / do not send / not the / not) <job> <time> [skip it] [please]") {
            SnoozeJob(job: $0.job, until: $0.time)
        },
        IntentRule("<job> not <time>") { SnoozeJob(job: $0.job, until: $0.time) },
        IntentRule("<time> no <job>") { SnoozeJob(job: $0.job, until: $0.time) },
        IntentRule("<time> skip <job>") { SnoozeJob(job: $0.job, until: $0.time) },
        IntentRule("do not remind me (about / of / to) <job> <time>") { SnoozeJob(job: $0.job, until: $0.time) },
        IntentRule("(snooze / postpone / delay / put off / defer) <job> [by|for] <duration>") {
            SnoozeJob(job: $0.job, until: $0.duration)
        },
        IntentRule("(give me / snooze / postpone / wait / delay) [it] [by|for] <duration> [more]") {
            SnoozeJob(job: JobReference("it"), until: $0.duration)
        },
        IntentRule("put <job> off [by|for] <duration>") { SnoozeJob(job: $0.job, until: $0.duration) },
        IntentRule("(snooze / postpone / delay / put off / hold off / defer) <job> [by|for] <time>") {
            SnoozeJob(job: $0.job, until: $0.time)
        },
        IntentRule("put <job> off [by|for] <time>") { SnoozeJob(job: $0.job, until: $0.time) },
        IntentRule("(snooze / postpone / delay / later / again) [it|that|this] [a] [bit] [by|for] [<time>]") {
            SnoozeJob(job: JobReference("it"), until: $0.time)
        },
        IntentRule("(snooze / postpone / delay / put off / defer) <job> [a bit]") { SnoozeJob(job: $0.job) },
        IntentRule("remind me [of that / about that / about it] again [<time>]") {
            SnoozeJob(job: JobReference("it"), until: $0.time)
        },
        IntentRule("(ask me again / tell me again / remind me later / not now / later) [<time>]") {
            SnoozeJob(job: JobReference("it"), until: $0.time)
        },
        IntentRule("give me (another / ) <time>") { SnoozeJob(job: JobReference("it"), until: $0.time) },
    ]

    /// "skip the next two runs of the price watch".
    private static func skipSeveral(_ captures: Captures) -> SnoozeJob? {
        guard let count = captures.number(), (1...1_000).contains(count) else { return nil }
        return SnoozeJob(job: captures.job, until: "\(count) runs")
    }

    private static func skip(_ captures: Captures) -> SnoozeJob {
        var job = captures.job
        for lead in ["next ", "the next "] where job.words.lowercased().hasPrefix(lead) {
            job.words.removeFirst(lead.count)
        }
        if ["one", "next", "next one", "once"].contains(job.words.lowercased()) { job.words = "it" }
        return SnoozeJob(job: job)
    }
}
