/// Reads the clause that says what happens: "a github issue is created", "inventory is low on stock", "build.failed arrives".
struct EventClause: Hashable {
    /// `github.issue.created`, or `run.failed` and the like.
    var name: String
    /// The job that a `run.…` event is about.
    var job: String?
    /// As the person said it: "inventory is low on stock".
    var words: String

    /// - Parameter isJob: whether a job of these words is known.
    init?(_ pieces: Pieces, isJob: (String) -> Bool) {
        let clause = pieces.trimmed
        let words = clause.filter(\.isWord)
        guard !words.isEmpty, words.count <= 10 else { return nil }
        // "if scripts/x.sh fails" is about a script that has to run first.
        guard !words.contains(where: { Targets.isScript($0.key) || Targets.isURL($0.key) }) else { return nil }
        self.words = clause.text
        if let named = Self.named(words) {
            name = named
            return
        }
        guard let reading = Self.described(words, isJob: isJob) else { return nil }
        name = reading.name
        job = reading.job
    }

    // MARK: By name

    private static let arrivals: Set<String> = [
        "arrives", "arrive", "comes", "come", "in", "happens", "fires", "is", "emitted", "occurs", "received", "the",
        "event", "an",
        "a", "gets", "sent", "raised", "triggered", "fired", "shows", "up", "on", "there", "new", "seen", "one", "any",
        "named", "called", "published", "of", "you", "get", "see", "receive",
    ]

    /// "the event sensor.overheat comes in": one dotted name, and only words that say it came.
    private static func named(_ words: Pieces) -> String? {
        let names = words.filter { Targets.isEventName($0.key) }
        guard names.count == 1, words.allSatisfy({ Targets.isEventName($0.key) || arrivals.contains($0.key) }) else {
            return nil
        }
        return names[0].key
    }

    // MARK: In words

    private static let sources: Set<String> = [
        "github", "gitlab", "jira", "stripe", "shopify", "jenkins", "sentry", "slack", "telegram", "discord", "trello",
        "linear",
        "bitbucket", "gitea", "paypal", "calendar", "gmail", "notion", "zendesk", "hubspot", "salesforce", "asana",
        "docker", "kubernetes", "prometheus", "grafana", "pagerduty", "twilio", "zapier", "homeassistant",
        "woocommerce",
    ]

    /// Things that fail without being jobs of this program.
    private static let thingsOfSources: Set<String> = [
        "build", "deploy", "deployment", "pipeline", "ci", "test", "tests", "payment", "order", "server", "site",
        "website",
        "invoice", "sensor", "login", "upload", "release", "workflow", "check", "service",
    ]

    private static let copulas: Set<String> = [
        "is", "are", "was", "were", "gets", "get", "has", "been", "have", "being", "becomes", "goes", "runs", "falls",
        "turns", "got", "be",
    ]

    private static func described(_ words: Pieces, isJob: (String) -> Bool) -> (name: String, job: String?)? {
        var keys = words.map(\.key)
        guard
            !keys.contains(where: {
                WordNumber.measure($0) != nil
                    || [
                        "it", "i", "you", "we", "they", "me", "not", "if", "and", "or", "than", "over", "under",
                        "above", "below",
                    ].contains($0)
            })
        else { return nil }
        let isDefinite = ["the", "my", "our"].contains(keys.first)
        var source: String?
        if let place = keys.firstIndex(where: { ["on", "in", "from", "at", "by", "via", "to"].contains($0) }),
            place + 1 < keys.count,
            sources.contains(keys[place + 1])
        {
            source = keys[place + 1]
            keys.removeSubrange(place...(place + 1))
        }
        let fillers: Set<String> = ["a", "an", "the", "my", "our", "any", "some", "there", "new", "another"]
        if keys.count > 2 { keys.removeAll(where: fillers.contains) }
        let isNew = words.contains { $0.key == "new" }
        guard let split = activity(of: keys) ?? predicate(of: keys) else { return nil }
        var object = split.subject
        var verb = split.verb
        if isNew, ["arrived", "come", "came", "appeared", "comes"].contains(verb) { verb = "created" }
        if let job = jobFailure(object, verb: verb, isDefinite: isDefinite, isJob: isJob) { return job }
        if source == nil, let first = object.first, sources.contains(first), object.count > 1 {
            source = first
            object.removeFirst()
        }
        guard !object.isEmpty, object.count <= 4 else { return nil }
        let parts = [source, object.joined(separator: "_"), verb].compactMap(\.self)
        return (parts.joined(separator: "."), nil)
    }

    /// "the backup fails" is about the job of that name.
    private static func jobFailure(_ object: [String], verb: String, isDefinite: Bool, isJob: (String) -> Bool) -> (
        name: String, job: String?
    )? {
        var object = object
        let ends: [String: String] = [
            "failed": "run.failed", "succeeded": "run.succeeded", "finished": "run.succeeded",
            "completed": "run.succeeded", "done": "run.succeeded",
            "passed": "run.succeeded", "crashed": "run.failed", "broken": "run.failed",
        ]
        guard let name = ends[verb], !object.isEmpty else { return nil }
        let saysJob = ["job", "task", "playbook"].contains(object.last)
        if saysJob, object.count > 1 { object.removeLast() }
        let words = object.joined(separator: " ")
        if saysJob && object.count == 1 && ["job", "task", "playbook"].contains(words) { return (name, nil) }
        guard saysJob || isJob(words) || (isDefinite && object.last.map(thingsOfSources.contains) != true) else {
            return nil
        }
        return (name, words)
    }

    /// "someone opens an issue" tells of the issue, not of the someone.
    private static func activity(of keys: [String]) -> (subject: [String], verb: String)? {
        let people: Set<String> = ["someone", "somebody", "anyone", "anybody"]
        guard keys.count > 2, people.contains(keys[0]), let verb = past(keys[1]) else { return nil }
        return (keys.dropFirst(2).filter { !Lexicon.articles.contains($0) }, verb)
    }

    /// Subject words, and the verb as an event writes it: "issue is created" is `issue` and `created`.
    private static func predicate(of keys: [String]) -> (subject: [String], verb: String)? {
        if let place = keys.firstIndex(where: copulas.contains), place > 0 {
            let verb = keys[place...].drop(while: copulas.contains).filter {
                !["on", "of", "the", "a", "in", "again", "by", "successfully", "out"].contains($0)
            }
            guard !verb.isEmpty, verb.count <= 3 else { return nil }
            return (Array(keys[..<place]), verb.joined(separator: "_"))
        }
        var keys = keys
        var particle: String?
        while let last = keys.last, ["in", "up", "out", "again", "off", "through", "on"].contains(last), keys.count > 2
        { particle = keys.removeLast() }
        guard keys.count > 1, let verb = keys.last.flatMap(past) else { return nil }
        if verb == "arrived" || particle == "again" { particle = nil }
        return (Array(keys.dropLast()), [verb, particle].compactMap(\.self).joined(separator: "_"))
    }

    private static let irregular: [String: String] = [
        "breaks": "broken", "cancels": "cancelled", "comes": "arrived", "arrives": "arrived", "goes": "gone",
        "sends": "sent", "gets": "got",
        "falls": "fallen", "overheats": "overheated", "runs": "run", "begins": "begun", "starts": "started",
        "stops": "stopped",
        "drops": "dropped", "ships": "shipped", "submits": "submitted", "commits": "committed",
    ]

    /// "fails" to "failed"; `nil` for a word that is no verb in the present or a participle.
    private static func past(_ verb: String) -> String? {
        if let known = irregular[verb] { return known }
        if verb.hasSuffix("ed") { return verb }
        guard verb.hasSuffix("s"), !verb.hasSuffix("ss"), verb.count > 3 else { return nil }
        for ending in ["shes", "ches", "sses", "xes"] where verb.hasSuffix(ending) { return verb.dropLast(2) + "ed" }
        if verb.hasSuffix("ies") { return verb.dropLast(3) + "ied" }
        let stem = verb.dropLast()
        return stem.hasSuffix("e") ? stem + "d" : stem + "ed"
    }
}
