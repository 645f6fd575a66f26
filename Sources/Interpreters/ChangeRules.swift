import IntentContract

/// Changing jobs that exist: their name, words, time, recipients and steps.
enum ChangeRules {
    static let renames: [IntentRule] = [
        IntentRule("rename <job> (to / as / into) <rest>") { rename($0) },
        IntentRule("rename <job> <rest>") { rename($0) },
        IntentRule("call (it / this job / that job) <rest:text> (instead / from now on)") { rename($0) },
        IntentRule("call (it / this job / that job) <rest>") { rename($0) },
        IntentRule("(change / set) the name of <job> to <rest>") { rename($0) },
        IntentRule("(change / set) <job> name to <rest>") { rename($0) },
        IntentRule("(give <job> the name / give <job> the new name) <rest>") { rename($0) },
        IntentRule(
            "(change / set / make) the (text / words / wording / message) (of / for / in) <job> (to / into) <rest>"
        ) { UpdateJob(job: $0.job, text: $0.text("rest")) },
        IntentRule("make <job> say <rest>") { UpdateJob(job: $0.job, text: $0.text("rest")) },
        IntentRule("<job> should say <rest> [instead]") { UpdateJob(job: $0.job, text: $0.text("rest")) },
    ]

    private static func rename(_ captures: Captures) -> UpdateJob? {
        guard let name = captures.text("rest") else { return nil }
        return UpdateJob(job: captures.job, newName: name)
    }

    static let updates: [IntentRule] = [
        IntentRule("(shift / move / push / bring / pull / put) <job> (forward / up / ahead) by <duration>") {
            shift($0, "earlier")
        },
        IntentRule("(shift / move / push / bring / pull / put) <job> [back|out] by <duration>") { shift($0, "later") },
        IntentRule("(shift / move / make / push / run) <job> [by] <duration> (later / back)") { shift($0, "later") },
        IntentRule("(shift / move / make / bring / run) <job> [by] <duration> (earlier / forward / sooner)") {
            shift($0, "earlier")
        },
        IntentRule(
            """
            (change / set / make / switch / move / update / have / let) <job> [so] (to go to / it goes to / go to /
            goes to / to be sent to / to send to / to be delivered to / to deliver to / to report to / to use)
            <gateway> [instead / from now on]
            """
        ) { deliver($0) },
        IntentRule(
            """
            (send / deliver / post / route / push / email / forward) <job> [to|on|via|by|through|over] <gateway>
            (instead / from now on / now / in future / in the future / going forward / as well / too)
            """
        ) { deliver($0) },
        IntentRule(
            """
            (send / deliver / post / route / push / forward) <job> (instead / from now on) (to / on / via / by)
            <gateway>
            """
        ) { deliver($0) },
        IntentRule(
            """
            (move / switch / change / redirect / reroute) [the] [delivery] [of] <job> (to / over to / onto / on / via)
            <gateway> [instead|please]
            """
        ) { deliver($0) },
        IntentRule("(change / switch / set) where <job> (goes / is sent / is delivered) to <gateway>") { deliver($0) },
        IntentRule(
            """
            <job> should (go to / be sent to / go out on / be delivered to / be delivered on / come on / come via / be
            sent on / arrive on) <gateway> [instead / now / from now on]
            """
        ) { deliver($0) },
        IntentRule("(from now on / in future) (send / deliver / post) <job> (to / on / via / by) <gateway>") {
            deliver($0)
        },
        IntentRule("(deliver / send / post) <job> (to / on / via / by) <gateway>") { deliver($0) },
        IntentRule("use <gateway> for <job> [instead / from now on]") { deliver($0) },
        IntentRule(
            """
            (move / change / shift / reschedule / push / switch / set / bring / update / pull / make / postpone /
            delay / adjust / put) [the] [time|schedule] [of] <job> [back|forward|out|up] [from <from:time>] (to /
            until / till / for / so it runs / so that it runs / to run / run / into) <when:rest>
            """
        ) { move($0) },
        IntentRule(
            """
            (make / set / change / reschedule / switch / move) <job> [run|happen|be] [for] <time> [instead / please /
            now / from now on]
            """
        ) { retime($0) },
        IntentRule(
            "(run / schedule / have / let / do / put) <job> [run|happen|be] [for] <time> (instead / from now on)"
        ) { retime($0) },
        IntentRule("<job> should (run / happen / be / fire / go out / start) <time> [instead / now / from now on]") {
            retime($0)
        },
        IntentRule("i want <job> <time> instead") { retime($0) },
        IntentRule("<job> <time> instead") { retime($0) },
    ]

    private static func deliver(_ captures: Captures) -> UpdateJob? {
        guard let recipient = captures.recipient, !isGeneric(captures.job) else { return nil }
        return UpdateJob(job: captures.job, deliver: [recipient])
    }

    /// "everything" and "messages" are about all jobs to come, which is a preference.
    private static func isGeneric(_ job: JobReference) -> Bool {
        ["everything", "all", "messages", "notifications", "anything", "default", "results"].contains(
            job.words.lowercased())
    }

    /// "by 30 minutes earlier": a step from the schedule that the job has.
    private static func shift(_ captures: Captures, _ direction: String) -> UpdateJob? {
        captures.duration.map { UpdateJob(job: captures.job, when: "\($0) \(direction)") }
    }

    /// The new time needs at least one word that says when.
    private static func move(_ captures: Captures) -> UpdateJob? {
        guard var when = captures["when"], captures.namesExisting("job") else { return nil }
        while let last = when.last, last.isMark || ["instead", "please", "now", "then"].contains(last.key) {
            when.removeLast()
        }
        while let first = when.first, ["run", "happen", "be", "go"].contains(first.key) { when.removeFirst() }
        let words = when.words
        guard !words.isEmpty, words.contains(where: { $0.isTime || WordNumber.isHour($0.key) }) else { return nil }
        guard words.allSatisfy({ isTimeLike($0) }), let text = TimeWords.goal(when.trimmed) else { return nil }
        return UpdateJob(job: captures.job, when: text)
    }

    private static func isTimeLike(_ piece: Piece) -> Bool {
        piece.isTime || TimeWords.prepositions.contains(piece.key) || WordNumber.isHour(piece.key)
            || ["the", "and", "run", "it", "only"].contains(piece.key)
    }

    private static func retime(_ captures: Captures) -> UpdateJob? {
        guard let time = TimeWords.goal(captures["time"]), captures.namesExisting("job") else { return nil }
        return UpdateJob(job: captures.job, when: time)
    }

    static let edits: [IntentRule] =
        [
            IntentRule(
                "(remove / delete / drop / cut / take out) [the] step [number|no|nr] <n> [(from / of / in) <job>]"
            ) { EditPlaybook(job: $0.job, change: "remove", step: $0.number()) },
            IntentRule("(take / cut / throw / leave / get) [the] step [number|no|nr] <n> out [(of / from) <job>]") {
                edit($0, change: "remove")
            },
            IntentRule("(take / cut / throw / leave) the <n> step out [(of / from) <job>]") {
                edit($0, change: "remove")
            },
            IntentRule("(remove / delete / drop / cut / take out) the <n> step [(from / of / in) <job>]") {
                edit($0, change: "remove")
            },
        ] + stepRules

    private static func edit(_ captures: Captures, change: String) -> EditPlaybook? {
        guard let number = captures.number(), number > 0 || number == -1 else { return nil }
        // The last step is the one that an edit without a number is about.
        return EditPlaybook(job: captures.job, change: change, step: number > 0 ? number : nil)
    }

    private static let stepRules: [IntentRule] = [
        IntentRule(
            """
            (edit / change / replace / update / set / make / swap) [the] step [number|no|nr] <n> [(of / in / from)
            <job>] (to / with / into / by / so that it / so it / for) <rest>
            """
        ) { step($0, change: "replace") },
        IntentRule(
            """
            (add / append / insert / include) [a|another|one] [new|more|further|final|last] step [(to / in) <job>]
            (that / which / to) <rest>
            """
        ) { step($0, change: "add") },
        IntentRule(
            "(add / append / insert / include) [a|another|one] [new|more|further|final|last] step [to <job>] <rest>"
        ) { step($0, change: "add") },
    ]

    private static func step(_ captures: Captures, change: String) -> EditPlaybook? {
        guard let rest = captures["rest"] else { return nil }
        let (order, target) = StepOrder.split(rest)
        guard let action = StepOrder.action(order) else { return nil }
        return EditPlaybook(
            job: captures.named("job") ?? target ?? JobReference("it"), change: change,
            step: change == "add" ? nil : captures.number(), action: action)
    }
}
