import IntentContract

/// Asking what a cron expression, or words of repetition, mean.
enum ExplanationRules {
    static let rules: [IntentRule] = [
        IntentRule("what does|do <time> mean|means|say|stand [for]") { explain($0) },
        IntentRule(
            """
            (explain / decode / interpret / describe / translate / what is / what about / when is / when does / how
            often does / how often is / what does / read / parse / decipher / tell me about) [me] [the|this] [cron]
            [expression|schedule|pattern|line|string|syntax|job] <time> [run|fire|do|mean] [to|for] [me] [in|to]
            [plain|simple|normal|everyday] [words|english|terms|language] [please]
            """
        ) { explain($0) },
        IntentRule(
            """
            (what is the meaning of / the meaning of / what is meant by / tell me what / explain what / can you tell
            what) [the] [cron] [expression|schedule] <time> [means|does|mean]
            """
        ) { explain($0) },
        IntentRule("[cron] [expression] <time>") { explainCron($0) },
    ]

    /// An expression or words of repetition; "what is on for today" asks for something else.
    private static func explain(_ captures: Captures) -> ExplainSchedule? {
        guard let text = captures.time?.trimmingQuotes else { return nil }
        let repeats = text.lowercased().split(separator: " ").contains { word in
            ["every", "each", "other"].contains(word) || word.hasPrefix("@") || word.hasSuffix("ly")
                || word.hasSuffix("days")
        }
        guard repeats || CronText.range(in: text) != nil else { return nil }
        return ExplainSchedule(expression: text)
    }

    /// An expression by itself is asked about; a phrase by itself is the beginning of something else.
    private static func explainCron(_ captures: Captures) -> ExplainSchedule? {
        guard let text = captures.time, CronText.range(in: text) == text.startIndex..<text.endIndex else { return nil }
        return ExplainSchedule(expression: text)
    }
}
