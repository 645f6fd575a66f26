import JobModel

/// For how long a model's answer is used again where nothing of the question has changed.
enum AnswerPolicyRules {
    static let rules = never + spans + unchanged

    /// What "don't ask again while nothing has changed" comes to, where no length of time is said: the longest.
    private static let longest = DurationWords.text(ModelAnswer.lifetime)

    // MARK: Words

    /// "answers", "the model's last answer".
    private static let answers = """
        [the|its|their|any|all|an] [model's|models] [same|old|earlier|last|previous|cached|kept] (answer / answers /
        reply / replies / response / responses) [(of / from) the (model / models / ai)]
        """
    private static let model = "(the model / a model / the models / the ai / it)"
    private static let again = "(again / anew / afresh / twice / another time / once more / more than once)"
    private static let eachTime = """
        (every time / each time / in every run / in each run / on every run / on each run / for every run / for each
        run / with every run / with each run / whatever happens)
        """
    private static let material = """
        (the input / its input / the inputs / the question / the page / the pages / the data / the material / the
        text / the content / the contents / the source / the sources / what it reads / what was collected)
        """
    private static let whenever = "(if / when / while / as long as / where / so long as / in case)"

    /// "if nothing has changed", "while the page is the same", "unless the input changes".
    private static let isUnchanged = """
        (\(whenever) nothing (has changed / changed / changes / is new / is different / was changed) / \(whenever)
        (\(material) / it / everything) (has not changed / did not change / does not change / is unchanged / stays
        unchanged / stays the same / is the same / is still the same / remains the same) / \(whenever) there (is /
        are) (nothing new / no changes / no change) / (unless / until / before) (something / anything / \(material)
        / it) (has changed / changed / changes / is new / is different / differs) / for (the same / an unchanged /
        unchanged / the very same) (question / questions / input / inputs / material / data))
        """
    private static let isChanged = """
        (if / when / once / after / as soon as / where) (something / anything / \(material) / it) (has changed /
        changed / changes / is new / is different / differs)
        """
    private static let during = """
        (for up to / for at most / for no longer than / up to / at most / no longer than / within / for)
        """
    private static let keep = "(reuse / re-use / cache / keep / remember)"

    // MARK: Lengths of time

    private static let spans: [PolicyRule] = [
        PolicyRule("\(keep) \(answers) [(of / from / in / for) <job>] \(during) <span:rest>") { span($0) },
        PolicyRule("(use / give / take) \(answers) again \(during) <span:rest>") { span($0) },
        PolicyRule("(let / allow / have) <job> [to] \(keep) \(answers) \(during) <span:rest>") { span($0) },
        PolicyRule("<job> (may / can / should / must) \(keep) \(answers) \(during) <span:rest>") { span($0) },
        PolicyRule(
            """
            \(answers) (may / can / should) be (reused / re-used / cached / kept / remembered / used again / given
            again) \(during) <span:rest>
            """
        ) { span($0) },
        PolicyRule("\(answers) (are / is / stay / stays / remain) (good / valid / fresh) \(during) <span:rest>") {
            span($0)
        },
        PolicyRule(
            """
            (do not / never) ask [\(model)] [about] the same [question|thing|input] [\(again)] (within / for) <span:rest>
            """
        ) { span($0) },
        PolicyRule("(do not / never) ask [\(model)] \(again) (within / for) <span:text> \(isUnchanged)") { span($0) },
        PolicyRule("(do not / never) ask [\(model)] \(again) \(isUnchanged) (within / for) <span:rest>") { span($0) },
        PolicyRule("\(keep) \(answers) \(during) <span:text> \(isUnchanged)") { span($0) },
    ]

    private static func span(_ captures: Captures) -> PolicyChange? {
        .setting(\.reuseAnswers, PolicyDuration.text(captures["span"]))
    }

    // MARK: No length of time

    private static let unchanged: [PolicyRule] = [
        PolicyRule("(do not / never) ask [\(model)] [\(again)] \(isUnchanged)") { _ in reuse(longest) },
        PolicyRule("\(isUnchanged) (do not / never) ask [\(model)] [\(again)]") { _ in reuse(longest) },
        PolicyRule("(only ask / ask only) [\(model)] [\(again)] [only] \(isChanged)") { _ in reuse(longest) },
        PolicyRule("ask (the model / the ai) [\(again)] only \(isChanged)") { _ in reuse(longest) },
        PolicyRule("(do not / never) ask [\(model)] [about] the same (question / thing / input) [\(again)]") { _ in
            reuse(longest)
        },
        PolicyRule("(reuse / re-use / cache) \(answers) [(of / from / in / for) <job>] [\(isUnchanged)]") { _ in
            reuse(longest)
        },
        PolicyRule("(use / give / take / keep) \(answers) [again] \(isUnchanged)") { _ in reuse(longest) },
        PolicyRule("\(isUnchanged) (reuse / re-use / keep / use / give / take) \(answers) [again]") { _ in
            reuse(longest)
        },
        PolicyRule("(let / allow / have) <job> [to] (reuse / re-use / cache) \(answers) [\(isUnchanged)]") { _ in
            reuse(longest)
        },
        PolicyRule("<job> (may / can / should) (reuse / re-use / cache) \(answers) [\(isUnchanged)]") { _ in
            reuse(longest)
        },
    ]

    // MARK: Never

    private static let never: [PolicyRule] = [
        PolicyRule(
            """
            (never / do not / no longer) (reuse / re-use / cache) \(answers) [(of / from / in / for) <job>] [again]
            [any] [longer|more]
            """
        ) { _ in reuse("never") },
        PolicyRule("(never / do not / no longer) (use / give / take) \(answers) (again / twice)") { _ in
            reuse("never")
        },
        PolicyRule("(stop / without / no) (reusing / re-using / caching) \(answers) [(of / from / in / for) <job>]") {
            _ in reuse("never")
        },
        PolicyRule("(no / without) (reused / re-used / cached / kept) (answers / replies / responses)") { _ in
            reuse("never")
        },
        PolicyRule("<job> (must / may / should) (never / not) (reuse / re-use / cache) \(answers)") { _ in
            reuse("never")
        },
        PolicyRule("[always] ask (the model / the ai) [\(again)] \(eachTime)") { _ in reuse("never") },
        PolicyRule("always ask (the model / the ai) [\(again)]") { _ in reuse("never") },
        PolicyRule("ask (the model / the ai) (anew / afresh)") { _ in reuse("never") },
        PolicyRule("always ask (anew / afresh) [\(eachTime)]") { _ in reuse("never") },
        PolicyRule("ask (anew / afresh) \(eachTime)") { _ in reuse("never") },
    ]

    private static func reuse(_ word: String) -> PolicyChange? { .setting(\.reuseAnswers, word) }
}
