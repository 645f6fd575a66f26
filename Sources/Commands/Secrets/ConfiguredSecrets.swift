import Settings
import StepExecution

/// The secrets that the settings name.
enum ConfiguredSecrets {
    static func vault(_ secrets: [SecretSetting], environment: [String: String]) -> SecretVault {
        let reader = SecretReader(environment: environment)
        let sources = Dictionary(secrets.map { ($0.name, $0.source) }, uniquingKeysWith: { first, _ in first })
        let hosts = Dictionary(secrets.map { ($0.name, $0.hosts) }, uniquingKeysWith: { first, _ in first })
        return SecretVault(hosts: hosts) { name async throws(SecretProblem) in
            guard let source = sources[name] else { throw SecretProblem("there is no secret \(name)") }
            guard let value = try await reader.value(of: source) else {
                throw SecretProblem("the secret \(name) is empty: \(source.words) holds nothing")
            }
            return value
        }
    }
}

extension KeySource {
    /// "the variable SHOP_KEY", "the file /home/me/key", "the program pass": never a value.
    var words: String {
        switch self {
        case .variable(let name): "the variable \(name)"
        case .file(let path): "the file \(path)"
        case .command(let line): "the program \(line.split(separator: " ").first ?? "")"
        }
    }
}
