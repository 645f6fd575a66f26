import JobModel
import Signing

extension StepExecutor {
    /// SHA-256 of the action with its holes filled; `nil` where they cannot be.
    package func inputHash(of action: Action, in context: StepContext) async -> String? {
        if case .call(let call) = action { return calls.inputHash(of: call, in: context) }
        guard let rendered = try? action.rendered(in: context, zone: zone),
            let value = try? JSONValue(encoding: rendered)
        else { return nil }
        return SHA256Digest.hex(of: value.compactText)
    }
}
