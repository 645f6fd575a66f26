import Foundation
import IntentContract
import JobModel

/// Holds a model's intents to what the person said: recipients, addresses, scripts, jobs and the things to be done stand
/// in the sentence, or in what was said before it. Nothing else is believed, however plausible.
struct Grounding {
    let heard: HeardWords
    let context: InterpretationContext
    /// What the grammar made of the sentence, as far as it went.
    let own: [Intent]
    let agreement: Agreement

    init(heard: HeardWords, context: InterpretationContext, own: Interpretation) {
        self.heard = heard
        self.context = context
        self.own = own.intents
        agreement = Agreement(own)
    }

    /// The share of the words of a text that must have been said.
    private static let textShare = 0.5

    func check(_ intents: [Intent]) throws(AnswerProblem) {
        for intent in intents { try check(intent) }
        try checkCreations(intents)
        try checkRecipients(intents)
        try agreement.check(intents)
    }

    /// A goal whose steps were planned: how it is reached is the model's to say; whom and what it touches is not.
    func check(planned intent: Intent) throws(AnswerProblem) {
        try checkReach(of: intent)
        try checkRecipients([intent])
        let actions = IntentParts(intent).actions
        // Where nothing is found out, there is nothing to tell but what the person said.
        if actions.allSatisfy({ $0.type == "notify" }) { try checkTexts(of: intent) }
    }

    /// As `check`, but the words of texts are free: recipients, addresses, scripts and playbooks are not.
    func checkReach(of intent: Intent) throws(AnswerProblem) {
        let parts = IntentParts(intent)
        for recipient in parts.recipients where !isSaid(recipient: recipient) {
            throw AnswerProblem("\"\(recipient)\" is a recipient that nobody named")
        }
        for action in parts.actions { try check(action) }
        for word in [parts.event, parts.eventJob].compactMap(\.self) where !isSaid(event: word) {
            throw AnswerProblem("\"\(word)\" is an event that nobody named")
        }
    }

    private func isSaid(event: String) -> Bool {
        let known = own.map(IntentParts.init).flatMap { [$0.event, $0.eventJob].compactMap(\.self) }
        return known.contains(event) || heard.share(of: event) >= Self.textShare
    }

    // MARK: One intent

    private func check(_ intent: Intent) throws(AnswerProblem) {
        try checkReach(of: intent)
        try checkPolicies(of: intent)
        try checkTexts(of: intent)
        let parts = IntentParts(intent)
        if let job = parts.job { try check(job: job) }
        // A zone is named by its city.
        if let preference = parts.preference?.split(separator: "/").last, heard.share(of: String(preference)) < 1 {
            throw AnswerProblem("\"\(parts.preference ?? "")\" is a setting that nobody asked for")
        }
    }

    private func checkTexts(of intent: Intent) throws(AnswerProblem) {
        for text in IntentParts(intent).texts where heard.share(of: text) < Self.textShare {
            throw AnswerProblem("\"\(text.prefix(80))\" is not what the person wants done; keep to their words")
        }
        for text in IntentParts(intent).texts { try checkFigures(in: text) }
    }

    private func check(_ action: ActionIntent) throws(AnswerProblem) {
        if let url = action.url, !heard.holds(url) {
            throw AnswerProblem("\"\(url)\" is an address that nobody named")
        }
        if let method = action.method?.uppercased(), method != "GET", !isSaid(method: method) {
            throw AnswerProblem("\(method) is a method that nobody named")
        }
        if action.type == "script", let path = action.path, !heard.holds(path) {
            throw AnswerProblem("\"\(path)\" is a script that nobody named")
        }
        for argument in action.arguments ?? [] where !isSaid(argument, of: action) {
            throw AnswerProblem("\"\(argument)\" is an argument that nobody named")
        }
        if action.type == "playbook", let name = action.name, heard.share(of: name) < Self.textShare {
            throw AnswerProblem("\"\(name)\" is a playbook that nobody named")
        }
        if let body = action.body {
            guard heard.share(of: body) >= Self.textShare else {
                throw AnswerProblem("the body of the request holds what nobody said")
            }
            try checkFigures(in: body)
        }
        try checkPlace(of: action)
    }

    /// Files that are looked at, and who is sent: named like everything else.
    private func checkPlace(of action: ActionIntent) throws(AnswerProblem) {
        let known = own.flatMap { IntentParts($0).actions }.contains {
            $0.path == action.path && $0.name == action.name
        }
        if known { return }
        if action.type == "system", let path = action.path, !heard.holds(path) {
            throw AnswerProblem("\"\(path)\" is a place that nobody named")
        }
        if action.type == "agent", let name = action.name, heard.share(of: name) < 1 {
            throw AnswerProblem("\"\(name)\" is an agent that nobody named")
        }
    }

    private func isSaid(method: String) -> Bool {
        heard.mentions(method.lowercased())
            || own.flatMap { IntentParts($0).actions }.contains { $0.method?.uppercased() == method }
    }

    /// An argument was said as it stands; of what an agent is granted (`read:~/logs`) the place or name was.
    private func isSaid(_ argument: String, of action: ActionIntent) -> Bool {
        guard action.type == "agent" else { return heard.holds(argument) }
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return HeardWords.words(of: argument).allSatisfy(heard.hasWord) }
        return parts[1].split(separator: " ").allSatisfy { word in
            var name = word
            while let last = name.last, "*?/".contains(last) { name = name.dropLast() }
            return heard.holds(String(name))
        }
    }

    /// "telegram/ops": both halves were said; spoken names of a gateway count ("e-mail").
    private func isSaid(recipient: String) -> Bool {
        let halves = recipient.split(separator: "/", maxSplits: 1).map(String.init)
        let own = own.flatMap { IntentParts($0).recipients }
        if own.contains(recipient) { return true }
        return halves.allSatisfy { half in
            heard.names(half) || half == "email" && (heard.names("mail") || heard.names("e-mail"))
        }
    }

    /// A job is named by words of the request, by "it", by a number, or by a name that shares a word with the request.
    private func check(job: JobReference) throws(AnswerProblem) {
        let words = job.words.lowercased()
        if own.contains(where: { $0.job == job }) { return }
        guard !job.all || ["all", "every", "everything", "both", "each"].contains(where: heard.mentions) else {
            throw AnswerProblem("nobody spoke of all jobs")
        }
        if ["it", "that", "this", "them"].contains(words), heard.mentions(words) { return }
        if words == "everything", heard.mentions("everything") || heard.mentions("all") || heard.holds("every job") {
            return
        }
        let wanted = HeardWords.words(of: words)
        let isNearest = Self.score(of: words, heard) >= context.jobs.map { Self.score(of: $0.name, heard) }.max() ?? 0
        guard wanted.contains(where: heard.hasWord), isNearest else {
            throw AnswerProblem("\"\(job.words)\" is not a job that the person named")
        }
    }

    /// It changes something that the grammar did not see: all jobs, a setting, or several jobs at once.
    func isFarReaching(_ intents: [Intent]) -> Bool {
        let known = Set(own.map(\.name))
        return intents.contains { intent in
            if isUnread(intent) { return true }
            guard !known.contains(intent.name) else { return false }
            switch intent {
            case .editPlaybook: return true
            case .pauseScheduler, .resumeScheduler, .mute, .acknowledge, .setPreference: return true
            case .updateJob, .pauseJob, .resumeJob, .runJob, .cancelRun, .snoozeJob: return intents.count > 1
            default: return false
            }
        }
    }

    /// It starts on another event, or measures something else, than the grammar sees, and not every word of it was said.
    private func isUnread(_ intent: Intent) -> Bool {
        let (parts, seen) = (IntentParts(intent), own.map(IntentParts.init))
        if let event = parts.event, !seen.contains(where: { $0.event == event }), heard.share(of: event) < 1 {
            return true
        }
        return parts.actions.contains { action in
            action.type == "system" && !seen.flatMap(\.actions).contains(action)
        }
    }

    /// How many words of a job's name were said: another job may fit the words better.
    private static func score(of name: String, _ heard: HeardWords) -> Int {
        HeardWords.words(of: name).count(where: heard.hasWord)
    }

    // MARK: All of them

    /// As many jobs are made as were asked for: no more than the grammar sees, and none twice.
    private func checkCreations(_ intents: [Intent]) throws(AnswerProblem) {
        let made = intents.filter(\.isCreation)
        let asked = own.count(where: \.isCreation)
        guard asked == 0 || made.count <= asked else {
            throw AnswerProblem("\(made.count) jobs are made, but the request asks for \(asked)")
        }
        for (index, one) in made.enumerated() {
            for other in made[..<index] where Self.isAlike(one, other) {
                throw AnswerProblem("two of the jobs do the same; the request asks for one")
            }
        }
    }

    private static func isAlike(_ one: Intent, _ other: Intent) -> Bool {
        let first = HeardWords.words(of: IntentParts(one).wording)
        let second = HeardWords.words(of: IntentParts(other).wording)
        let smaller = min(first.count, second.count)
        return smaller == 0 || Double(first.intersection(second).count) > 0.5 * Double(smaller)
    }

    /// Where the grammar saw recipients, they are all told, and nobody else. A goal's steps are not there yet.
    private func checkRecipients(_ intents: [Intent]) throws(AnswerProblem) {
        guard own.contains(where: \.isCreation), !intents.contains(where: \.isGoal) else { return }
        let wanted = Set(own.flatMap { IntentParts($0).recipients })
        let told = Set(intents.flatMap { IntentParts($0).recipients })
        guard !wanted.isEmpty, wanted != told else { return }
        let list = wanted.sorted().joined(separator: ", ")
        throw AnswerProblem("the request names \(list) as recipients, not \(told.sorted().joined(separator: ", "))")
    }
}

/// What of an intent can be held to the person's words.
struct IntentParts {
    var recipients: [String] = []
    var actions: [ActionIntent] = []
    var texts: [String] = []
    var job: JobReference?
    var event: String?
    /// The job that the event is about.
    var eventJob: String?
    var preference: String?
    var steps: [StepIntent] = []

    init(_ intent: Intent) {
        switch intent {
        case .createJob(let body):
            recipients = body.deliver
            (event, eventJob) = (body.event, body.eventJob)
            add(body.action)
        case .createPlaybook(let body):
            recipients = body.deliver + body.steps.flatMap(\.to)
            (event, eventJob) = (body.event, body.eventJob)
            steps = body.steps
            for step in body.steps { add(step.action) }
        case .updateJob(let body):
            recipients = body.deliver ?? []
            texts = [body.text, body.newName].compactMap(\.self)
            job = body.job
        case .editPlaybook(let body):
            if let action = body.action { add(action) }
            job = body.job
        case .setPreference(let body): preference = body.value
        default: job = intent.job
        }
    }

    /// What a step says may be made of what earlier steps found.
    private mutating func add(_ action: ActionIntent) {
        actions.append(action)
        guard let text = action.text else { return }
        texts.append(text.replacing(/\{\{[^}]*\}\}/, with: " "))
    }
}

extension Intent {
    var isCreation: Bool {
        switch self {
        case .createJob, .createPlaybook: true
        default: false
        }
    }

    /// A playbook whose steps are still to be planned.
    var isGoal: Bool {
        if case .createPlaybook(let body) = self { body.steps.isEmpty } else { false }
    }

    /// The time words of a job that is made or moved.
    var when: String? {
        switch self {
        case .createJob(let body): body.when
        case .createPlaybook(let body): body.when
        case .updateJob(let body): body.when
        default: nil
        }
    }
}
