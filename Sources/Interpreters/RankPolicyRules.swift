import JobModel

/// What a job is among others: how urgent, how often it may start, in which group, and whether it re-times itself.
extension StartPolicyRules {
    // MARK: Priority

    static let priorities: [PolicyRule] = [
        PolicyRule("[with|at|in|on|as|of] [a|an|very] <level:word> priority [job|one]") { priority($0) },
        PolicyRule(
            """
            (make / set / mark / treat / flag / run / give / consider / put / keep) <job> [to|with|as|at|on|of] [a|an]
            <level:word> priority [job|one]
            """
        ) { priority($0) },
        PolicyRule("(give / set) [a] <level:word> priority to <job>") { priority($0) },
        PolicyRule(
            """
            <job> (is / has / gets / needs / runs / should be / should have / should get / should run / must have / must be)
            [of|with|at|a] <level:word> priority [job|one]
            """
        ) { priority($0) },
        PolicyRule(
            "(set / change / raise / lower / put / make) [the] priority [(of / for) <job>] [up|down] (to / as) <level:word>"
        ) { priority($0) },
        PolicyRule("(set / change / raise / lower / put / make) <job> priority [to] <level:word>") { priority($0) },
        PolicyRule("[with|at] priority [of|is] <level:word>") { priority($0) },
        PolicyRule("(raise / increase) the priority of <job>") { _ in PolicyChange.setting(\.priority, "high") },
        PolicyRule("(lower / reduce / decrease) the priority of <job>") { _ in PolicyChange.setting(\.priority, "low")
        },
        PolicyRule("<job> is [very|really|absolutely] critical") { _ in PolicyChange.setting(\.priority, "critical") },
        PolicyRule("<job> is [very|really] <level:word>", .creation) { importance($0) },
        PolicyRule("(make / mark / treat / flag / consider) <job> [as] <level:word>") { importance($0) },
    ]

    private static let levels = [
        "critical": "critical", "top": "critical", "urgent": "critical", "highest": "critical", "high": "high",
        "higher": "high", "normal": "normal", "medium": "normal", "usual": "normal", "default": "normal", "low": "low",
        "lower": "low", "lowest": "low",
    ]

    private static func priority(_ captures: Captures) -> PolicyChange? {
        .setting(\.priority, captures.text("level").flatMap { levels[$0.lowercased()] })
    }

    /// "this is important": without the word "priority" only these are about it.
    private static func importance(_ captures: Captures) -> PolicyChange? {
        let words = ["critical": "critical", "urgent": "critical", "important": "high", "unimportant": "low"]
        return .setting(\.priority, captures.text("level").flatMap { words[$0.lowercased()] })
    }

    // MARK: Guarantee

    static let guarantees: [PolicyRule] = [
        PolicyRule("at most once", .creation) { _ in guarantee("at-most-once") },
        PolicyRule("at least once", .creation) { _ in guarantee("at-least-once") },
        PolicyRule("never (twice / more than once)", .creation) { _ in guarantee("at-most-once") },
        PolicyRule("(never / do not) (run / start / do / execute) <job> twice") { _ in guarantee("at-most-once") },
        PolicyRule("(run / start / execute) <job> (at most / no more than / not more than) once") { _ in
            guarantee("at-most-once")
        },
        PolicyRule("<job> (must / may / should) (never / not) (run / be run / start / be started) twice") { _ in
            guarantee("at-most-once")
        },
        PolicyRule("<job> (must / may / should) (run / be run / start) at most once") { _ in guarantee("at-most-once")
        },
        PolicyRule("(run / start / execute) <job> at least once") { _ in guarantee("at-least-once") },
        PolicyRule("<job> (must / should) (run / be run / start) at least once") { _ in guarantee("at-least-once") },
    ]

    private static func guarantee(_ word: String) -> PolicyChange? { .setting(\.guarantee, word) }

    // MARK: Group

    static let groups: [PolicyRule] = [
        PolicyRule("(in / as part of / part of) [the] group <name:word>", .creation) { group($0) },
        PolicyRule("in the <name:word> group", .creation) { group($0) },
        PolicyRule(
            "(put / place / move / add / set / assign / make) <job> (in / into / to / part of / a member of) [the] group <name:word>"
        ) { group($0) },
        PolicyRule(
            "(put / place / move / add / assign) <job> (in / into / to / part of / a member of) the <name:word> group"
        ) { group($0) },
        PolicyRule(
            "<job> (belongs to / belongs in / is in / is part of / should be in / goes in / goes into) [the] group <name:word>"
        ) { group($0) },
        PolicyRule("<job> (belongs to / belongs in / is part of / should be in / goes into) the <name:word> group") {
            group($0)
        },
        PolicyRule(
            "(only / at most / never more than) one [job / run / of the jobs] (of / in / from) [the] group <name:word> at a time"
        ) { group($0) },
        PolicyRule("(take / remove / get) <job> (out of / from) (its / the / any / every) group [<name:word>]") { _ in
            PolicyChange.setting(\.group, "none")
        },
        PolicyRule("(in no group / without a group)") { _ in PolicyChange.setting(\.group, "none") },
    ]

    private static func group(_ captures: Captures) -> PolicyChange? { .setting(\.group, captures.text("name")) }

    // MARK: Adaptive bounds

    private static let bounds = """
        [itself] [its interval] [its schedule] [anywhere] (between <shortest:text> and <longest:rest> / from <shortest:text>
        to <longest:rest> / within <shortest:text> and <longest:rest>)
        """

    static let adaptives: [PolicyRule] = [
        PolicyRule("(adapt / re-time / retime) [<job>] \(bounds)") { adaptive($0) },
        PolicyRule("(let / allow / have) <job> [to] (adapt / re-time / retime / adjust itself) \(bounds)") {
            adaptive($0)
        },
        PolicyRule("<job> (may / can / should) (adapt / re-time / retime) \(bounds)") { adaptive($0) },
        PolicyRule(
            "(stop adapting / no longer adapt / do not adapt / never adapt / without adapting) [<job>] [any] [longer]"
        ) { _ in PolicyChange.setting(\.adaptive, "off") },
        PolicyRule(
            "<job> (should stop adapting / should not adapt / must not adapt / may not adapt / should no longer adapt)"
        ) {
            _ in PolicyChange.setting(\.adaptive, "off")
        },
        PolicyRule("(keep / hold) <job> to (its / the) schedule") { _ in PolicyChange.setting(\.adaptive, "off") },
    ]

    private static func adaptive(_ captures: Captures) -> PolicyChange? {
        guard let shortest = PolicyDuration.text(captures["shortest"]),
            let longest = PolicyDuration.text(captures["longest"])
        else { return nil }
        return .setting(\.adaptive, "\(shortest)..\(longest)")
    }
}
