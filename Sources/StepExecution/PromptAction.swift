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
            let text = prompt.text(of: try await model.complete(prompt.request))
            guard !text.isEmpty else { return failed(.malformed("it said nothing"), model, parts, context) }
            return StepResult(text: text, origin: .model)
        } catch {
            return failed(error, model, parts, context)
        }
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
        let reason = "\(model.name) \(ModelFailure.clause(error))"
        let retriesLeft = context.run.attempt <= context.job.policies.retry.retries
        let isTransient = ModelFailure.isTransient(error)
        if parts.isEmpty || (isTransient && retriesLeft) || error == .cancelled {
            return StepResult(error: reason, isTransient: isTransient)
        }
        return StepResult(text: Self.unsummarised(reason.prefix(1).uppercased() + reason.dropFirst(), parts))
    }

    private static func unsummarised(_ reason: String, _ parts: [PromptMaterial.Part]) -> String {
        let bodies = parts.map { part in part.text.isEmpty ? "\(part.title)." : "\(part.title):\n\(part.text)" }
        return ResultText.clean("\(reason), so this is not summarised: \(bodies.joined(separator: "\n\n"))")
    }
}

/// What became of a question to a model, for people.
enum ModelFailure {
    static func isTransient(_ error: ModelError) -> Bool {
        switch error {
        case .unreachable, .timedOut, .rateLimited, .incomplete: true
        case .rejected(let status, _): status == 408 || status == 429 || status >= 500
        case .unauthorized, .refused, .malformed, .cancelled: false
        }
    }

    /// Follows the model's name: "did not answer within 30 s".
    static func clause(_ error: ModelError) -> String {
        switch error {
        case .unauthorized(let detail): "refused the key\(behind(detail))"
        case .unreachable(let detail): "cannot be reached\(behind(detail))"
        case .timedOut(let seconds): "did not answer within \(ResultText.seconds(seconds))"
        case .rateLimited: "is over its rate limit"
        case .rejected(let status, let message): "rejected the request with HTTP \(status)\(behind(message))"
        case .refused(let detail): "declined to answer\(behind(detail))"
        case .incomplete(let detail): "broke off its answer\(behind(detail))"
        case .malformed(let detail): "gave an answer that cannot be read\(behind(detail))"
        case .cancelled: "was stopped"
        }
    }

    private static func behind(_ detail: String) -> String {
        let line = ResultText.firstLine(detail)
        return line.isEmpty ? "" : " (\(line))"
    }
}
