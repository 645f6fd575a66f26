import IntentContract

/// Orders that need a model: "summarise the commits", "send me a summary of …", "start a chat: …".
enum PromptOrder {
    static func read(_ pieces: Pieces) -> ActionIntent? {
        guard let first = pieces.first, first.isWord else { return nil }
        let keys = pieces.keys
        let makesReminder = ["create", "prepare", "produce", "plan", "give", "send", "get"].contains(first.key)
        guard !(makesReminder && keys.prefix(6).contains("reminder")) else { return nil }
        if Lexicon.promptVerbs.contains(first.key) { return isErrand(keys) ? nil : .prompt(pieces.trimmed.text) }
        if isPhrasalVerb(keys) || isLookAndReport(keys) || isRequestForText(keys) || isNounPhrase(keys) {
            return .prompt(withoutWish(pieces).trimmed.text)
        }
        return nil
    }

    /// "I want a summary of …" asks for "a summary of …".
    private static func withoutWish(_ pieces: Pieces) -> Pieces {
        wish.firstPrefixLength(of: pieces).map { Array(pieces[$0...]) } ?? pieces
    }

    private static let wish = PatternList(["i (want / need / would like / would love)"])

    // MARK: "start a chat: …"

    private static let asked = PatternList([
        """
        (start / open / begin) [a|the] [new] (chat / conversation / session / prompt / discussion) [with] [the|an]
        [model|agent|assistant|ai] [about|to|saying|with] [the] [words|prompt] <rest>
        """,
        """
        (ask / have / let / get / tell / use / prompt) [the|an|my] (model / ai / agent / assistant / llm / claude /
        gpt / chatgpt) [to|for|that|should] <rest>
        """,
        "(chat / prompt / ai / agent) [with|to] <rest>",
    ])

    static func readAsked(_ pieces: Pieces) -> ActionIntent? {
        asked.firstMatch(of: pieces) { $0.text("rest") }.map(ActionIntent.prompt)
    }

    // MARK: Verbs

    /// Verbs that are a program's work with some objects and a person's with others.
    private static let shared: Set<String> = [
        "prepare", "create", "produce", "collect", "gather", "find", "search", "plan", "label", "inspect", "order",
    ]

    /// Things that a person makes or fetches with hands.
    private static let errands: Set<String> = [
        "dinner", "lunch", "breakfast", "food", "meal", "parcel", "package", "kids", "keys", "laundry", "bed", "bath",
        "bag", "bags", "car",
        "groceries", "prescription", "glasses", "wallet", "tea", "coffee", "room", "table", "bottle", "bottles",
        "trash", "passport", "costume", "eggs", "wood", "clothes", "shoes", "lunchbox", "sandwiches", "ticket",
        "parking",
    ]

    private static func isErrand(_ keys: [String]) -> Bool {
        guard let verb = keys.first, shared.contains(verb) else { return false }
        return keys.dropFirst().first { !Lexicon.articles.contains($0) }.map(errands.contains) ?? true
    }

    private static let phrasal: [[String]] = [
        ["look", "up"], ["look", "into"], ["come", "up", "with"], ["think", "of"], ["put", "together"],
        ["work", "out"],
        ["figure", "out"], ["make", "a", "list"], ["make", "a", "summary"], ["make", "a", "report"], ["go", "through"],
        ["go", "over"],
        ["make", "me", "a"], ["read", "and"], ["scan"], ["sum", "up"], ["do", "research"], ["do", "some", "research"],
        ["find", "out"],
        ["keep", "track", "of"], ["make", "a", "plan"], ["do", "a", "review"], ["run", "an", "analysis"],
        ["run", "a", "report"], ["do", "an", "analysis"], ["fetch", "the"], ["fetch", "me"], ["crunch"],
        ["pull", "together"], ["convert"], ["reword"], ["break", "down"],
        ["make", "an"], ["recommend"], ["pick", "a"], ["choose", "a"], ["pull", "the"], ["do", "a", "summary"],
        ["list", "the"], ["list", "all"], ["list", "my"], ["spell", "check"], ["proof"], ["map", "out"],
        ["update", "the", "report"], ["deep", "dive"], ["format"],
    ]

    private static func isPhrasalVerb(_ keys: [String]) -> Bool {
        phrasal.contains { keys.starts(with: $0) } && keys.count > 1
    }

    /// "check the news and report", "look at the logs and tell me what is odd".
    private static func isLookAndReport(_ keys: [String]) -> Bool {
        guard let verb = keys.first,
            [
                "check", "look", "read", "go", "scan", "see", "take", "listen", "examine", "study", "browse", "watch",
                "monitor", "track",
            ].contains(verb)
        else { return false }
        guard let place = keys.firstIndex(of: "and"), place + 1 < keys.count else { return false }
        let next = keys[place + 1]
        return Lexicon.promptVerbs.contains(next)
            || ["tell", "send", "list", "give", "let", "report", "show", "answer"].contains(next)
    }

    // MARK: Texts that are asked for

    private static let texts: Set<String> = [
        "summary", "report", "overview", "digest", "recap", "analysis", "briefing", "brief", "roundup", "joke", "poem",
        "haiku", "quote",
        "forecast", "breakdown", "draft", "rundown", "tip", "fact", "idea", "ideas", "suggestion", "suggestions",
        "weather", "news", "headlines",
        "story", "translation", "comparison", "review", "outline", "newsletter", "synopsis", "list", "recipe", "riddle",
        "word", "limerick", "statistics", "stats", "highlights", "agenda", "lesson", "quiz", "update", "trivia",
        "question", "plan", "insight", "insights", "numbers", "figures", "updates", "score", "scores",
    ]

    /// "send me a summary of my inbox", "give us the news".
    private static func isRequestForText(_ keys: [String]) -> Bool {
        guard let verb = keys.first,
            [
                "give", "send", "get", "tell", "show", "read", "email", "text", "message", "bring", "fetch", "mail",
                "deliver", "post", "write", "share", "teach", "slack", "dm",
            ].contains(verb)
        else { return false }
        var rest = keys.dropFirst()
        guard let audience = rest.first, Lexicon.audience.contains(audience) || ["the", "a", "an"].contains(audience)
        else { return false }
        if Lexicon.audience.contains(audience) { rest = rest.dropFirst() }
        if let first = rest.first, ["what", "how", "which", "who", "where", "whether"].contains(first) {
            return rest.count > 1
        }
        guard let article = rest.first,
            ["a", "an", "the", "some", "my", "our", "today's", "this", "one", "three", "five", "all", "any"].contains(
                article) || texts.contains(article) || article.hasSuffix("'s")
        else { return false }
        return rest.prefix(6).prefix { !["to", "that", "about"].contains($0) }.contains(where: texts.contains)
    }

    /// "a weekly summary of the sales", "summary of my inbox".
    private static func isNounPhrase(_ keys: [String]) -> Bool {
        guard
            let place = keys.prefix(5).firstIndex(where: {
                ["summary", "report", "overview", "digest", "recap", "analysis", "briefing", "roundup", "breakdown"]
                    .contains($0)
            })
        else { return false }
        let next = place + 1 < keys.count ? keys[place + 1] : ""
        return ["of", "on", "about", "for", "from"].contains(next)
            || place > 0 && keys.count <= 4 && place == keys.count - 1
    }
}
