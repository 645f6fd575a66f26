import CronExpressions
import Foundation
import JobModel
import ModelProviders
import Notifications
import Planning
import Signing
import StepExecution
import TranscriptPlayer

/// The world of a transcript as the program's parts see it.
extension World {
    /// A script of the world exists; its content is its name.
    func inspect(_ path: String) -> Result<Surroundings.Script, Surroundings.Problem> {
        let file = path.hasPrefix("scripts/") ? String(path.dropFirst(8)) : path
        guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
            return .failure(
                .init("\"\(path)\" is outside of the scripts folder; put the script there and name it inside of it."))
        }
        return .success(.init(path: file, sha256: SHA256Digest.hex(of: file)))
    }

    func gateways() -> [any Gateway] {
        Set(gatewayNames.map { Recipient($0).gateway }).sorted().map { WorldGateway(name: $0, world: self) }
    }
}

/// A gateway that shows what left as a `~` line.
private struct WorldGateway: Gateway {
    let name: String
    let world: World

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        if let problem = world.problem(with: delivery.recipient) { return .retry(reason: problem, after: nil) }
        world.send(delivery.text, to: delivery.recipient)
        return .sent
    }
}

/// The real actions, with scripts, endpoints and the model of the transcript's world behind them.
struct WorldExecutor: ActionExecutor {
    let world: World
    let clock: VirtualClock
    let real: StepExecutor

    init(world: World, store: any JobStore, clock: VirtualClock, zone: String) {
        self.world = world
        self.clock = clock
        var services = ActionServices(web: WorldWeb(world: world, clock: clock), store: store, zone: zone)
        services.playbooks = { await NamedRuns(store: store, now: { clock.now }).call($0, wake: {}) }
        real = StepExecutor(
            scripts: ScriptRunner(folder: "/nonexistent", archive: "/nonexistent"),
            services: services,
            model: { world.provider().map { Self.counted(WorldModel(answer: $0), in: store, clock, zone: zone) } },
            runNamed: { name, depth in
                await NamedRuns(store: store, now: { clock.now }).start(name, depth: depth, wake: {})
            })
    }

    /// What the model is asked is counted as outside of a play, where the store counts.
    private static func counted(
        _ model: WorldModel, in store: any JobStore, _ clock: VirtualClock, zone: String
    ) -> any LanguageModel {
        guard let ledger = store as? any SpendingLedger else { return model }
        let rules = (try? ZoneRules.named(zone)) ?? .utc
        let meter = MeteredModel.Meter(
            ledger: ledger, prices: .builtIn, caps: .none, now: { clock.now },
            dayStart: { SpendingDay.start(of: $0, in: rules) }, digest: { SHA256Digest.hex(of: $0) })
        return MeteredModel(model, at: nil, meter: meter)
    }

    func inputHash(of action: Action, in context: StepContext) async -> String? {
        await real.inputHash(of: action, in: context)
    }

    func execute(_ action: Action, in context: StepContext) async -> StepResult {
        if case .call(let call) = action, let result = world.action(call.name) { return result }
        guard case .script(let path, _) = action else { return await real.execute(action, in: context) }
        let answer = world.script(path)
        clock.spend(min(answer.took, context.timeout))
        if answer.took > context.timeout {
            return StepResult(text: answer.output, error: "timed out after \(Int(context.timeout)) s")
        }
        guard answer.exit != 0 else { return StepResult(text: answer.output, exitCode: 0) }
        let reason = answer.errors.isEmpty ? "exit \(answer.exit)" : "exit \(answer.exit): \(answer.errors)"
        return StepResult(text: answer.output, exitCode: answer.exit, error: reason)
    }
}

private struct WorldWeb: WebRequester {
    let world: World
    let clock: VirtualClock

    func send(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        guard let answer = world.answer(method: request.method, url: request.url) else {
            throw WebFailure("cannot be reached", isTransient: false)
        }
        clock.spend(answer.took)
        return WebAnswer(status: answer.status, body: answer.body)
    }
}

private struct WorldModel: LanguageModel {
    let answer: World.HTTPAnswer
    var name: String { "world" }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        switch answer.status {
        case 200:
            var said = ModelAnswer(text: answer.body)
            said.isSchemaForced = request.schema != nil
            // To a prompt a transcript says the text alone.
            let isDocument = (try? JSONValue(parsing: answer.body))?.object != nil
            if request.schemaName == "result", !isDocument {
                said.text = (["text": .string(answer.body)] as JSONValue).compactText
            }
            return said
        case 401: throw ModelError.unauthorized("the key is refused")
        case 429: throw ModelError.rateLimited(retryAfter: answer.retryAfter)
        default: throw ModelError.rejected(status: answer.status, message: answer.body)
        }
    }
}
