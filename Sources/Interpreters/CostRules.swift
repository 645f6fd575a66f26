import IntentContract

/// Asking what models have cost.
enum CostRules {
    static let rules = [
        IntentRule(
            """
            (what did / what has / what have / how much did / how much has / how much have / what does / how much does)
            (this / that / it / all this / all that / everything / the model / the models / models / my jobs /
            the jobs / you) cost|costs [me|us] [so far] [<time>]
            """
        ) { body($0) },
        IntentRule(
            """
            (how much / how much money / what) (have i / did i / have we / did we / did you / have you) spent|spend
            [so far] [on (models / the model / the models / ai / tokens / language models)] [so far] [<time>]
            """
        ) { body($0) },
        IntentRule(
            """
            [show|list|give|tell] [me] [what are / what is] [the|my|our] (costs / cost / spending / model costs /
            budget / token usage / costs so far / cost so far) [of models / of the model / for models] [for|of] [<time>]
            """
        ) { body($0) },
        IntentRule(
            """
            how much (of my budget / of the budget / budget / money) (is left / do i have left / have i left /
            is there left / have i got left / remains)
            """
        ) { _ in ShowCosts(days: 1) },
    ]

    /// Spans of whole days that end today; others are not kept apart.
    private static let spans: [(words: String, days: Int)] = [
        ("today", 1), ("this week", 7), ("last week", 14), ("past week", 7), ("last 7 days", 7), ("yesterday", 2),
        ("this month", 31), ("last month", 62), ("past month", 31), ("last 30 days", 30),
    ]

    private static func body(_ captures: Captures) -> ShowCosts? {
        guard let time = captures.time?.lowercased() else { return ShowCosts() }
        return spans.first { time.contains($0.words) }.map { ShowCosts(days: $0.days) }
    }
}
