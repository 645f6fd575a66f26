import JobModel
import Settings
import StepExecution

/// Finds the key of a model at the last moment.
final class ModelKeys: Sendable {
    private let settings: ModelSettings
    private let reader: SecretReader

    init(settings: ModelSettings, environment: [String: String]) {
        self.settings = settings
        reader = SecretReader(environment: environment)
    }

    /// The first key that is found; `nil` where there is none.
    func key(of address: ModelAddress) async throws(ModelError) -> String? {
        for source in settings.keySources(of: address) {
            do {
                if let key = try await reader.value(of: source) { return key }
            } catch {
                throw ModelError.unauthorized("its key is not to be had: \(error.message)")
            }
        }
        return nil
    }
}
