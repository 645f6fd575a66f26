import Foundation
import JobModel

/// How a request proves who asks: a secret by its name, and where it goes.
struct WebAuthorization: Hashable, Sendable {
    enum Scheme: Hashable, Sendable {
        case bearer
        case basic(user: String)
        case header(String)
    }

    let secret: String
    let scheme: Scheme

    /// `nil` where the call has none. The name of the secret and the header are those that were approved, never what a
    /// hole was filled with.
    static func of(_ call: FilledCall) throws(SecretProblem) -> WebAuthorization? {
        guard let auth = call["auth"] else { return nil }
        let approved = call.approved["auth"]
        guard let secret = approved?["secret"]?.string, secret == auth["secret"]?.string else {
            throw SecretProblem("auth must name its secret word for word")
        }
        let header = auth["header"]?.string
        guard header == approved?["header"]?.string else {
            throw SecretProblem("auth must name its header word for word")
        }
        switch auth["scheme"]?.string ?? (header == nil ? "bearer" : "header") {
        case "bearer": return WebAuthorization(secret: secret, scheme: .bearer)
        case "basic":
            let user = auth["user"]?.plainText ?? ""
            guard !user.contains(":") else { throw SecretProblem("the user of auth must not contain a colon") }
            return WebAuthorization(secret: secret, scheme: .basic(user: user))
        default:
            guard let header else { throw SecretProblem("auth with the scheme \"header\" must name the header") }
            return WebAuthorization(secret: secret, scheme: .header(header))
        }
    }

    /// The header of a request to `url`.
    func header(
        for url: String, from vault: SecretVault, by capabilities: Capabilities
    ) async throws(SecretProblem) -> (name: String, value: String) {
        let value = try await vault.value(of: secret, for: url, by: capabilities)
        switch scheme {
        case .bearer: return ("Authorization", "Bearer \(value)")
        case .basic(let user):
            let pair = Data("\(user):\(value)".utf8).base64EncodedString()
            vault.remember(pair, as: secret)
            return ("Authorization", "Basic \(pair)")
        case .header(let name): return (name, value)
        }
    }
}
