import CronExpressions
import Foundation
import JobModel
import Planning
import PlaybookDocuments

/// Made-up playbooks, the same for the same seed.
struct JobMaker: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    }

    private mutating func one<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &self)] }
    private mutating func chance() -> Bool { Bool.random(using: &self) }

    private mutating func words() -> String {
        one([
            "hello", "a: b # c", "- item", "{{date}} it is", "yes", "12", "null", "it's \"so\"", "two\nlines",
            "ends with a line\n", "  blanks  ", "ümlaut – 漢字 🎉", "tab\tand \\ slash", "*star", "@at", "a\n\n  b\n",
            "100%", "|", "&x", "trailing \nblank", "\n", "#", "true", "~ never", "\u{200F}left", "\u{85}x",
        ])
    }

    mutating func job() -> Job {
        var steps: [Step] = []
        for index in 0..<Int.random(in: 1...8, using: &self) { steps.append(step(index, after: steps.map(\.name))) }
        var job = Job(
            name: one(["Prices", "Ours & theirs", "日報", "no: 1"]), triggers: [], steps: steps,
            provenance: ReadingWorld.provenance, createdAt: ReadingWorld.now, playbook: header())
        job.triggers = (0..<Int.random(in: 1...3, using: &self)).map { _ in Trigger(trigger()) }
        if chance() { job.delivery = [Recipient("telegram/ops"), Recipient("log")] }
        job.status = one([.active, .paused, .draft])
        job.policies = policies(of: job)
        let builder = ActionBuilder(surroundings: ReadingWorld.situation.surroundings)
        job.capabilities = (try? builder.capabilities(of: job.steps)) ?? Capabilities()
        return job
    }

    private mutating func header() -> PlaybookHeader {
        var header = PlaybookHeader(isHeartbeat: chance())
        if chance() { header.agent = "analyst" }
        if chance() { header.category = "pricing" }
        if chance() { header.description = "What it is for:\nprices." }
        header.inputs = [
            PlaybookInput(name: "word", usual: chance() ? .string(words()) : nil),
            PlaybookInput(name: "limit", kind: .number, usual: one([nil, 10, 0.5]), description: "Percent."),
            PlaybookInput(name: "loud", kind: .truth, usual: true),
            PlaybookInput(name: "urls", kind: .list, usual: ["a", 1, ["b": nil]]),
            PlaybookInput(name: "map", kind: .object, usual: ["x": ["y": "012"]]),
        ]
        return header
    }

    private mutating func trigger() -> Trigger.Kind {
        let zone = one(["Europe/Berlin", "America/New_York"])
        switch Int.random(in: 0..<5, using: &self) {
        case 0: return .manual
        case 1:
            return .event(
                EventFilter(
                    name: "inventory.low_stock", data: try? DataFilter(parsing: "stock < 10 and country != DE")))
        case 2: return .schedule(Schedule(.interval(seconds: 2_700, anchor: ReadingWorld.now), zone: zone))
        case 3:
            let text = one(["0 9 * * 1-5", "*/15 8-17 * * *", "30 2 1 * *"])
            return .schedule(Schedule(.cron([try! CronExpression(text)]), zone: zone))
        default: return .schedule(Schedule(.startup, zone: zone))
        }
    }

    private mutating func step(_ index: Int, after names: [String]) -> Step {
        var step = Step(name: "step\(index)", action: action())
        if chance() { step.needs = names.filter { _ in chance() } }
        if case let waits = step.needs ?? names.suffix(1), let before = waits.first, chance() {
            step.condition = Condition(step: before, test: one([.failed, .succeeded, .changed]), words: "")
        }
        if chance() { step.forEach = "{{input.urls}}" }
        step.onError = one([.stop, .proceed, .compensate])
        if chance() {
            step.retry = RetryPolicy(
                retries: 3, base: one([1, 90, 0.5]), factor: one([1, 2, 1.5]), cap: 300, jitter: one([.full, .none]),
                errors: one([.any, .passing]))
        }
        if chance() { step.timeout = one([30, 3600, 1.5]) }
        if chance() { step.unchanged = .skip }
        return step
    }

    private mutating func action() -> Action {
        let words = words().replacing("\n", with: chance() ? "\n" : " ")
        let text = words.contains { !$0.isWhitespace } ? words : "hello"
        switch Int.random(in: 0..<8, using: &self) {
        case 0: return .notify(text: text, to: chance() ? [] : [Recipient("telegram/ops")])
        case 1: return .prompt(text: text, gather: chance() ? [] : [.gitCommits(directory: "/srv/code", hours: 48)])
        case 2: return .script(path: "price.sh", arguments: chance() ? [] : ["--limit", text])
        case 3:
            return .http(
                method: one(["GET", "POST"]), url: "https://shop.example.test/a?b=c&d={{date}}",
                body: chance() ? nil : text)
        case 4: return .playbook(name: "Other")
        case 5: return .system(one([.load, .diskUsedPercent]), path: chance() ? nil : "/srv")
        case 6:
            return .agent(
                AgentOrder(
                    goal: text, persona: chance() ? nil : "analyst", tools: chance() ? [] : [.jobs],
                    rounds: chance() ? nil : 4))
        default:
            return .call(
                ActionCall("set", ["values": ["text": .string(text), "number": 2.5, "none": nil, "list": []]]))
        }
    }

    private mutating func policies(of job: Job) -> Policies {
        var policies = Policies.usual(for: job)
        if chance() { policies.retry = RetryPolicy(retries: 4, base: 2, factor: 3, cap: 60, errors: .passing) }
        if chance() { (policies.parallel, policies.overlap) = (3, one([.allow, .queueOne])) }
        if chance() { policies.missedWindow = one([nil, 7200]) }
        if chance() { policies.group = "shop" }
        if chance() { policies.adaptive = AdaptiveBounds(shortest: 600, longest: 3600) }
        if chance() { policies.pauseAfter = nil }
        return policies
    }
}
