import Foundation
import JobModel
import Templates

/// The rounds of one agent in one run.
struct AgentWork {
    let told: AgentContext
    let order: AgentOrder
    let model: any LanguageModel
    let tools: AgentTools
    let data: TemplateData
    let context: StepContext

    private var events: [AgentContext.Event] = []
    private var trace: [String] = []
    private var refusals: [String] = []
    private var nonsense = 0
    private var holdsPrivate: Bool
    private var hasRunScript = false
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    init(
        told: AgentContext, order: AgentOrder, model: any LanguageModel, tools: AgentTools, data: TemplateData,
        context: StepContext
    ) {
        self.told = told
        self.order = order
        self.model = model
        self.tools = tools
        self.data = data
        self.context = context
        // What earlier steps and endpoints came to is the person's; an event is not.
        let named = ((try? Template(order.goal))?.variables ?? []).map { String($0.prefix { $0 != "." }) }
        holdsPrivate =
            named.contains { context.results[$0] != nil || $0 == "outcome" } || !told.history.isEmpty
        start = clock.now
    }

    mutating func result() async -> StepResult {
        for round in 1...told.rounds {
            guard !Task.isCancelled else { return failure("it was stopped") }
            let left = secondsLeft
            guard left > 0 else {
                return failure(
                    "its time of \(ResultText.seconds(context.timeout)) was over before round \(round)",
                    isTransient: true)
            }
            let spotlight = Spotlight()
            var request = told.request(
                round: round, events: events, data: data, spotlight: spotlight, timeout: left)
            request.purpose = .job(id: context.job.id, run: context.run.id)
            // Asked anew whatever the job allows: an answer here is a decision about what to do next, and what it does
            // (a script, a request, a plan) has effects that a kept answer would repeat without a look at the world.
            request.mayReuseFor = nil
            do throws(ModelError) {
                let answer = spotlight.removed(from: try await model.complete(request).text)
                if let end = await take(answer, isLast: round == told.rounds) { return end }
            } catch {
                let reason = "\(model.name) \(error.reason)"
                return failure(reason, isTransient: error.isTransient)
            }
            if nonsense == AgentAction.mostNonsense {
                return failure("\(model.name) gave \(nonsense) answers in a row that cannot be used")
            }
        }
        let rounds = told.rounds == 1 ? "one round" : "\(told.rounds) rounds"
        return failure("it used up its \(rounds) without a result")
    }

    private var secondsLeft: TimeInterval {
        let passed = start.duration(to: clock.now)
        return context.timeout - Double(passed.components.seconds) - Double(passed.components.attoseconds) / 1e18
    }

    // MARK: Answers

    /// The result where the answer ends the work.
    private mutating func take(_ answer: String, isLast: Bool) async -> StepResult? {
        let round: AgentRound
        do throws(AgentRound.Refusal) {
            round = try AgentRound(parsing: answer)
        } catch {
            nonsense += 1
            reject("answer", error.message)
            return nil
        }
        nonsense = 0
        if let call = round.call {
            await carryOut(call, isLast: isLast)
            return nil
        }
        return finish(round)
    }

    /// What the model gets to read about its own answer is in the program's words alone.
    private mutating func reject(_ what: String, _ reason: String) {
        trace.append("\(what) not used: \(reason)")
        events.append(.init(title: "Your \(what) was not used", asked: "", text: reason))
    }

    private mutating func carryOut(_ call: AgentRound.Call, isLast: Bool) async {
        let target = ResultText.prefix(ResultText.firstLine(call.target), bytes: 300)
        let words = call.target.isEmpty ? call.tool.rawValue : "\(call.tool.rawValue) \(target)"
        // Nothing could be made of its result any more.
        guard !isLast else { return trace.append("\(words): not done, the rounds are used up") }
        let outcome = await tools.use(
            call, grants: told.grants, holdsPrivate: holdsPrivate, timeout: max(secondsLeft, 1), in: context)
        let verb =
            switch outcome.kind {
            case .done: "gave"
            case .failed: "failed"
            case .refused: "was refused"
            }
        trace.append("\(words): \(outcome.kind == .refused ? "refused, " : "")\(outcome.summary)")
        events.append(
            .init(title: "Your call of \(call.tool.rawValue) \(verb)", asked: call.target, text: outcome.text))
        if outcome.kind == .refused { refusals.append(words) }
        if outcome.kind != .refused {
            holdsPrivate = holdsPrivate || call.tool != .get
            hasRunScript = hasRunScript || call.tool == .runScript
        }
    }

    // MARK: The end

    private mutating func finish(_ round: AgentRound) -> StepResult? {
        if let plan = round.plan {
            do throws(ExecutionPlan.Refusal) {
                let waves = try plan.waves(within: told.endpoints.map(\.name))
                trace.append("plan: " + waves.map { $0.joined(separator: " and ") }.joined(separator: ", then "))
            } catch {
                reject("plan", error.message)
                return nil
            }
        }
        if let hint = round.hint, let reason = problem(with: hint) {
            reject("hint", reason)
            return nil
        }
        let hint = told.takesHint ? round.hint : nil
        let said = ResultText.clean(round.say ?? trace.last ?? "")
        let text = [said, hint].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n")
        return StepResult(text: text, note: note, origin: .model, trace: trace, plan: round.plan)
    }

    private func problem(with hint: String) -> String? {
        guard told.takesHint else { return nil }
        guard case .refused(let reason)? = HintReading(hint, source: .model, at: context.now) else { return nil }
        return reason
    }

    private var note: String? {
        guard let first = refusals.first else { return nil }
        let more = refusals.count > 1 ? " and \(refusals.count - 1) more" : ""
        return "the agent was refused \(first)\(more)"
    }

    /// Once a script has run, trying again is for a person to decide.
    private func failure(_ reason: String, isTransient: Bool = false) -> StepResult {
        StepResult(
            error: reason, isTransient: isTransient && !hasRunScript, note: note, origin: .model,
            trace: trace.isEmpty ? nil : trace)
    }
}
