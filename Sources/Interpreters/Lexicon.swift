/// Words that the grammar knows by themselves; rules that combine them stand with their group of intents.
enum Lexicon {
    /// Words that join an order to what stands before it.
    static let joints: Set<String> = ["and", "then", "also", "&"]

    static let contractions: [String: [String]] = {
        var table: [String: [String]] = [
            "won't": ["will", "not"], "wont": ["will", "not"], "can't": ["can", "not"], "cant": ["can", "not"],
            "cannot": ["can", "not"], "gonna": ["going", "to"], "wanna": ["want", "to"], "lemme": ["let", "me"],
            "gimme": ["give", "me"], "u": ["you"], "i'm": ["i", "am"], "im": ["i", "am"], "let's": ["let", "us"],
            "y'all": ["you", "all"], "ya": ["you"], "you're": ["you", "are"], "wat": ["what"],
        ]
        for stem in ["is", "does", "did", "do", "has", "have", "was", "were", "are", "would", "should", "could"] {
            table["\(stem)n't"] = [stem, "not"]
            table["\(stem)nt"] = [stem, "not"]
        }
        for stem in ["what", "when", "it", "that", "there", "how", "who", "where", "which", "here"] {
            table["\(stem)'s"] = [stem, "is"]
        }
        for stem in ["what", "when", "that", "there", "how", "where"] { table["\(stem)s"] = [stem, "is"] }
        for stem in ["i", "you", "we", "they"] {
            table["\(stem)'ll"] = [stem, "will"]
            table["\(stem)'ve"] = [stem, "have"]
            table["\(stem)'d"] = [stem, "would"]
        }
        table["it'll"] = ["it", "will"]
        table["ive"] = ["i", "have"]
        table["they're"] = ["they", "are"]
        return table
    }()

    static let articles: Set<String> = ["the", "a", "an", "my", "our", "your", "this", "that", "these", "those"]

    static let pronouns: Set<String> = ["it", "that", "this", "them", "those", "these", "one"]

    // MARK: What a program can carry out

    /// Orders that a model carries out.
    static let promptVerbs: Set<String> = [
        "summarise", "summarize", "write", "draft", "analyse", "analyze", "generate", "review", "research", "plan",
        "optimise", "optimize", "translate", "compare", "compile", "compose", "brainstorm", "suggest", "explain",
        "proofread", "rewrite", "rephrase", "classify", "categorise", "categorize", "triage", "extract", "outline",
        "evaluate", "assess", "audit", "investigate", "digest", "recap", "describe", "recommend", "predict", "estimate",
        "produce", "prepare", "create", "curate", "score", "rank", "prioritise", "prioritize", "simplify", "condense",
        "shorten", "critique", "diagnose", "forecast", "paraphrase", "transcribe", "annotate", "synthesise",
        "synthesize", "collect", "gather", "find", "search", "identify", "calculate", "compute", "refine", "invent",
        "propose", "report", "tally", "aggregate", "benchmark", "cluster", "label", "detect", "inspect", "interpret",
    ]

    /// Orders to look at something that changes.
    static let watchVerbs: Set<String> = ["monitor", "watch", "track", "observe", "follow"]

    /// Orders that mean a request when a URL follows.
    static let requestVerbs: Set<String> = [
        "get", "call", "hit", "ping", "check", "fetch", "request", "poll", "query", "open", "watch", "monitor", "visit",
        "load", "download", "curl", "read", "track", "probe", "trigger", "observe", "test", "scrape", "pull", "access",
        "invoke", "look", "grab", "touch", "head", "post", "put", "patch", "delete", "see",
    ]

    static let methods: Set<String> = ["get", "post", "put", "patch", "delete", "head"]

    static let runVerbs: Set<String> = [
        "run", "execute", "start", "launch", "trigger", "invoke", "call", "fire", "rerun",
    ]

    // MARK: Telling people

    static let tellVerbs: Set<String> = [
        "remind", "tell", "ping", "notify", "message", "alert", "warn", "nudge", "text", "dm", "inform", "poke", "buzz",
        "prompt", "email", "mail", "e-mail", "slack", "telegram", "discord", "call", "bug", "prod", "sms", "whatsapp",
        "ntfy", "pushover", "gotify", "mattermost", "signal",
    ]

    /// Whom the person means by these words: the usual recipient.
    static let audience: Set<String> = ["me", "us", "myself", "everyone", "everybody", "people", "folks"]

    /// Gateways by the words that people use for them.
    static let gateways: [String: String] = [
        "telegram": "telegram", "slack": "slack", "discord": "discord", "email": "email", "mail": "email",
        "e-mail": "email", "sms": "sms", "whatsapp": "whatsapp", "signal": "signal", "matrix": "matrix",
        "teams": "teams", "ntfy": "ntfy", "pushover": "pushover", "gotify": "gotify", "mattermost": "mattermost",
        "webhook": "webhook", "desktop": "desktop",
    ]

    // MARK: Around a request

    static let numbers: [String: Int] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
    ]

    static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "last": -1,
    ]

    static let questionWords: Set<String> = [
        "what", "when", "why", "how", "who", "where", "which", "did", "does", "do", "is", "are", "was", "were", "has",
        "have", "will", "should", "would", "can", "could",
    ]
}
