import ActionCatalogue
import Foundation
import JobModel
import Schemas
import Signing
import Templates

/// Carries out calls of the catalogue: fills and checks what an action is given, and holds its result to its schema.
struct CallExecution: Sendable {
    let catalogue: ActionCatalogue
    let actions: [String: any CatalogueAction]
    let zone: String
    var own: OwnActions?

    func run(_ call: ActionCall, in context: StepContext) async -> StepResult {
        guard let definition = definition(of: call.name), let action = action(definition) else {
            return StepResult(error: "there is no action \"\(call.name)\"")
        }
        do throws(RenderingProblem) {
            let filling = CallFilling(definition: definition, data: TemplateData(context, zone: zone))
            return Self.checked(await action.run(try filling.filled(call), in: context), by: definition)
        } catch {
            return StepResult(error: error.message)
        }
    }

    /// SHA-256 of all that the action is given; `nil` where its holes cannot be filled.
    func inputHash(of call: ActionCall, in context: StepContext) -> String? {
        guard let definition = definition(of: call.name) else { return nil }
        let filling = CallFilling(definition: definition, data: TemplateData(context, zone: zone))
        guard let filled = try? filling.filled(call) else { return nil }
        let given: JSONValue = ["action": .string(call.name), "parameters": .object(filled.parameters)]
        return SHA256Digest.hex(of: given.compactText)
    }

    /// The person's own are read anew: one that was just put into the folder is there.
    private func definition(of name: String) -> ActionDefinition? {
        catalogue[name] ?? own?.definitions().first { $0.name == name }
    }

    private func action(_ definition: ActionDefinition) -> (any CatalogueAction)? {
        if let action = actions[definition.name] { return action }
        guard let script = definition.script, let own else { return nil }
        return OwnAction(script: script, runner: own.runner, limits: own.limits, zone: zone)
    }

    /// Bytes of data that a step may leave to later ones, as JSON; its text has a limit of its own.
    private static let valueLimit = 256 << 10

    /// A result that is not what the action promised would be trusted by the steps behind it.
    private static func checked(_ result: StepResult, by definition: ActionDefinition) -> StepResult {
        guard result.succeeded, result.waitsUntil == nil else { return result }
        let bytes = result.value?.compactText.utf8.count ?? 0
        guard bytes <= valueLimit else {
            var failed = result
            failed.value = nil
            failed.error = "its data have \(bytes >> 10) KiB; \(valueLimit >> 10) KiB are the most for later steps"
            return failed
        }
        let problems = SchemaValidator(schema: definition.result, missingIsNull: true)
            .problems(in: result.value ?? .null)
        guard let problem = problems.first else { return result }
        var failed = result
        failed.error = "its result is not what \(definition.name) gives: \(problem)"
        return failed
    }
}
