import IntentContract

/// Steering the scheduler and the conversation: status, pause of everything, approvals, mute, undo, help, small talk.
enum SteeringRules {
    static let rules = scheduler + approvals + messages + changes + conversation

    private static let scheduler: [IntentRule] = [
        IntentRule(
            """
            is|are (the scheduler / rota / everything / it all / you) [still|currently] [up and]
            running|on|up|alive|ok|okay|active|working|fine|paused|stopped|healthy|awake
            """
        ) { _ in SchedulerStatus() },
        IntentRule("[show|give|tell] [me] [the] [current] scheduler|system|rota status|state|health") { _ in
            SchedulerStatus()
        },
        IntentRule("[what is] [show] [me] [the] status|state|health [of] [the] [scheduler|system|rota]") { _ in
            SchedulerStatus()
        },
        IntentRule("how is|are (the scheduler / rota / everything / things) [doing|running]") { captures in
            SchedulerStatus()
        },
        IntentRule("(status / status report / health check)") { _ in SchedulerStatus() },
        IntentRule("what is (the scheduler / rota) [currently] doing [right] [now]") { _ in SchedulerStatus() },
        IntentRule("is (the scheduler / rota) not running|working") { _ in SchedulerStatus() },
        IntentRule("(is / are) (anything / something / any jobs / any job) running [right] [now|currently]") { _ in
            SchedulerStatus()
        },

        IntentRule(
            """
            pause|stop|halt|suspend|freeze|hold (everything / all / all [of] [my|the] jobs / all [of] [my|the] tasks /
            the [whole|entire] scheduler / scheduler / all scheduled jobs / every [single] job / all of it / all of them /
            scheduling / the lot) \(ManagementRules.aWhile) [right] [now] [<time>]
            """
        ) { PauseScheduler(until: $0.end) },
        IntentRule(
            "pause|stop|halt|suspend|freeze|hold (everything / all [of] [my|the] jobs / the scheduler) until <rest>"
        ) { _ in PauseScheduler() },
        IntentRule(
            "put (everything / all [of] [my|the] jobs / the scheduler) on hold \(ManagementRules.aWhile) [<time>]"
        ) {
            PauseScheduler(until: $0.end)
        },
        IntentRule(
            "turn|switch (off everything / everything off / the scheduler off / off the scheduler) \(ManagementRules.aWhile) [<time>]"
        ) { PauseScheduler(until: $0.end) },
        IntentRule("do not run (anything / any jobs / any job) \(ManagementRules.aWhile) [<time>]") {
            PauseScheduler(until: $0.end)
        },
        IntentRule("<time> pause|stop|halt everything") { PauseScheduler(until: $0.end) },

        IntentRule(
            """
            resume|unpause|restart|continue|unfreeze|reactivate (everything / all / all [of] [my|the] jobs / the
            [whole|entire] scheduler / the lot / scheduler / all scheduled jobs / every job / all of them / scheduling) [again] [now]
            """
        ) { _ in ResumeScheduler() },
        IntentRule("start (everything / all [my|the] jobs / the scheduler) [up] [again] [now]") { _ in ResumeScheduler()
        },
        IntentRule("turn|switch (everything / the scheduler / all [my|the] jobs) [back] on [again]") { _ in
            ResumeScheduler()
        },
        IntentRule("(go on / carry on / continue / resume / unpause / you can go on / keep going) [now|again]") { _ in
            ResumeScheduler()
        },
        IntentRule("(let / get) everything (run / going / running) [again]") { _ in ResumeScheduler() },
    ]

    private static let approvals: [IntentRule] = [
        IntentRule(
            """
            [yes] [i] approve|allow|permit|authorise|authorize|release|accept [the]
            [approval|request|plan|number|no|nr|job|draft] <n>
            """
        ) { Approve(approval: $0.number()) },
        IntentRule(
            "[yes] [i] approve|allow|permit|authorise|authorize|accept [it|that|this|them] [the|this|that] [approval|request|plan|draft|one]"
        ) { _ in Approve() },
        IntentRule("(go ahead with / ok to / yes to / say yes to) [approval|request|plan|number|no] <n>") {
            Approve(approval: $0.number())
        },
        IntentRule("[approval|request|plan|number|no] <n> is approved|ok|okay|fine") { Approve(approval: $0.number()) },
        IntentRule("(go ahead / yes go ahead / yes do it)") { _ in Approve() },
        IntentRule(
            "[no] [i] reject|deny|decline|refuse|disallow|veto [the] [approval|request|plan|number|no|nr|job|draft] <n>"
        ) { Reject(approval: $0.number()) },
        IntentRule(
            "[no] [i] reject|deny|decline|refuse|disallow|veto [it|that|this] [the|this|that] [approval|request|plan|draft|one]"
        ) { _ in Reject() },
        IntentRule("(do not / never) approve|allow|permit|accept [the] [approval|request|plan|number|no] <n>") {
            Reject(approval: $0.number())
        },
        IntentRule("(do not / never) approve|allow|permit|accept (it / that / this)") { _ in Reject() },
        IntentRule(
            """
            (no drop it / no drop that / drop it / drop that / drop the plan / no do not / no do not do it / no do not
            do that)
            """
        ) { _ in Reject() },
        IntentRule("drop [the] (approval / request / plan / number) <n>") { Reject(approval: $0.number()) },
        IntentRule("(say no to / no to) [approval|request|plan|number] <n>") { Reject(approval: $0.number()) },
    ]

    private static let messages: [IntentRule] = [
        IntentRule("no [more] messages|notifications|pings|alerts|reminders|interruptions [please] [for now] [<time>]")
        { Mute(until: $0.end) },
        IntentRule(
            """
            mute [everything|yourself|all|messages|notifications|me] [all] [messages|notifications|alerts] [for now]
            [<time>]
            """
        ) { Mute(until: $0.end) },
        IntentRule(
            """
            (be quiet / stay quiet / keep quiet / quiet / silence / hush / shut up / do not disturb / do not disturb
            me / quiet mode / go silent) [please] [for now] [<time>]
            """
        ) { Mute(until: $0.end) },
        IntentRule("silence|hold|mute [all] [the|my] messages|notifications|alerts|pings [for now] [<time>]") {
            Mute(until: $0.end)
        },
        IntentRule(
            """
            do not (message / notify / ping / bother / alert / text / disturb / send) [me]
            [anything|messages|notifications] [for now] [<time>]
            """
        ) { Mute(until: $0.end) },
        IntentRule("leave me alone [for now] [<time>]") { Mute(until: $0.end) },
        IntentRule("stop (messaging / notifying / pinging / bothering) me [for now] [<time>]") { Mute(until: $0.end) },
        IntentRule("[ok|okay] [i] [am] [all] done|finished|completed [it|that|already]") { _ in Acknowledge() },
        IntentRule(
            """
            (i did it / i did that / did it / got it / already did it / already done / did that / acknowledged /
            acknowledge / ack / got it done / task done / it is done / that is done / i have done it / i have done
            that / consider it done / check)
            """
        ) { _ in Acknowledge() },
        IntentRule("[i] [am] [all] done|finished with <job>") { Acknowledge(job: $0.named("job")) },
        IntentRule("(acknowledge / ack / tick off / check off) <job>") { Acknowledge(job: $0.named("job")) },
        IntentRule("mark|tick|set <job> [as|off|to] done|finished|complete|completed") {
            Acknowledge(job: $0.named("job"))
        },
        IntentRule("i did (the / my) <job> [already]") { Acknowledge(job: $0.named("job")) },
        IntentRule("i have done <job> [already]") { Acknowledge(job: $0.named("job")) },
        IntentRule("(the / my) <job> is done|finished [already]") { Acknowledge(job: $0.named("job")) },
    ]

    private static let changes: [IntentRule] = [
        IntentRule("[no] [please] undo [that|it|this] [again] [the] [my] [last] [change|one|thing|action|step]") { _ in
            Undo()
        },
        IntentRule(
            """
            (take that back / take it back / revert that / revert it / revert / roll that back / roll it back /
            reverse that / go back / undo what you did / undo what i did / never mind undo that / revert the last
            change / revert [the|that|my] [last|latest] change / put it back / put it back how it was / change it back / put it back
            the way it was)
            """
        ) { _ in Undo() },
        IntentRule("redo [that|it|this] [again] [the] [last] [change|one|thing]") { _ in Redo() },
        IntentRule(
            """
            (do it again after all / do that again after all / reapply that / reapply it / reapply the change / undo
            the undo / put the change back / make the change again / reapply the last change / no redo that)
            """
        ) { _ in Redo() },
    ]

    private static let conversation: [IntentRule] = [
        IntentRule(
            """
            (what can you do / what can i say / what can i ask / how does this work / how do you work / how do i use
            this / what do you do / what are you able to do / who are you / what are you / what do you understand /
            how can you help / how can you help me / what can you help me with / what can you help with / what are my options / what can i do here / what else can you do /
            i need help / i need some help / show me what you can do / tell me what you can do / what is possible /
            what [sort|kind|kinds|sorts] of things can i ask [you] / what [sort|kind|kinds] of things can you do / what
            else can i ask / what can i ask you / commands / what commands are there / what commands do you know / what can i tell you)
            """
        ) { _ in Help() },
        IntentRule("[show] [me] [some] help|usage|manual [me] [please]") { _ in Help() },
        IntentRule("help [me] (with / on / about) <rest>") { Help(topic: $0.text("rest")) },
        IntentRule("how do i <rest>") { Help(topic: $0.text("rest")) },
        IntentRule("how can i <rest>") { Help(topic: $0.text("rest")) },
        IntentRule("(show / give) me [some] examples") { _ in Help(topic: "examples") },
    ]
}
