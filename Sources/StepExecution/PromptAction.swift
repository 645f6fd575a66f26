import Foundation
import JobModel
import Templates

/// Carries out a prompt: collects what it needs, asks the model, and goes on without one where there is none.
struct PromptAction: Sendable {
    let material: PromptMaterial
    /// `nil` where no model is configured; asked anew for each run.
    let model: @Sendable () -> (any LanguageModel)?
    let zone: String

    /// - Parameters:
    ///   - template: the person's words with their holes.
    ///   - words: the same with the holes filled.
    func run(template: String, words: String, gather: [Gathering], in context: StepContext) async -> StepResult {
        let parts: [PromptMaterial.Part]
        do {
            parts = try await material.gather(gather, in: context)
        } catch {
            return StepResult(error: error.message, isTransient: error.isTransient)
        }
        guard let model = model() else { return Self.withoutModel(words, parts) }
        let prompt = QuarantinedPrompt(
            template: template, parts: parts, data: TemplateData(context, zone: zone), timeout: context.timeout)
        do {
            let request = charged(prompt.request, words, parts, context)
            let (text, keptAt) = try await model.complete(request) { (answer) throws(ModelError) in
                (try prompt.text(of: answer), answer.keptAt)
            }
            return StepResult(text: text, origin: .model, answeredAt: keptAt)
        } catch {
            return failed(error, model, parts, context)
        }
    }

    /// Paid from the job's budget, and routine work: the cheaper model does it where there is one.
    ///
    /// The question is the same as another with these words and parts, whatever marks were drawn for it; its answer is
    /// used again for as long as the job allows.
    private func charged(
        _ request: ModelRequest, _ words: String, _ parts: [PromptMaterial.Part], _ context: StepContext
    ) -> ModelRequest {
        var charged = request
        charged.purpose = .job(id: context.job.id, run: context.run.id)
        charged.tier = .fast
        charged.mayReuseFor = context.job.policies.reuseAnswers
        let material = parts.flatMap { [JSONValue.string($0.title), .string($0.text)] }
        charged.sameness = JSONValue.array([.string("prompt"), .string(words)] + material).compactText
        return charged
    }

    private static func withoutModel(_ words: String, _ parts: [PromptMaterial.Part]) -> StepResult {
        guard !parts.isEmpty else {
            return StepResult(text: words, note: "no model is configured, so these are only the words of the request")
        }
        return StepResult(text: unsummarised("No model is configured", parts))
    }

    /// A failure that may pass is left to the retries; after the last one, what was collected goes out as it is.
    private func failed(
        _ error: ModelError, _ model: any LanguageModel, _ parts: [PromptMaterial.Part], _ context: StepContext
    ) -> StepResult {
        let reason = "\(model.name) \(error.reason)"
        let retriesLeft = context.run.attempt <= context.job.policies.retry.retries
        let isTransient = error.isTransient
        if parts.isEmpty || (isTransient && retriesLeft) || error == .cancelled {
            return StepResult(error: reason, isTransient: isTransient)
        }
        // Told once a day, and kept with the run always.
        if error.isTold { return StepResult(text: Self.unsummarised(nil, parts), note: reason) }
        return StepResult(text: Self.unsummarised(reason.prefix(1).uppercased() + reason.dropFirst(), parts))
    }

    private static func unsummarised(_ reason: String?, _ parts: [PromptMaterial.Part]) -> String {
        let bodies = parts.map { part in part.text.isEmpty ? "\(part.title)." : "\(part.title):\n\(part.text)" }
        let beginning = reason.map { "\($0), so this is not summarised" } ?? "Not summarised"
        return ResultText.clean("\(beginning): \(bodies.joined(separator: "\n\n"))")
    }
}
