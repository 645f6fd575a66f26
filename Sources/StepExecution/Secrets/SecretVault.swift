import Foundation
import HTTPTransport
import JobModel
import Synchronization

/// Why a secret is not to be had, in one clause that never holds its value.
package struct SecretProblem: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}

/// The person's secrets: read at the last moment, given to their own hosts alone, and taken out of what steps come to.
package final class SecretVault: Sendable {
    package typealias Reader = @Sendable (_ name: String) async throws(SecretProblem) -> String

    /// There are no secrets.
    package static let none = SecretVault(hosts: [:]) { name throws(SecretProblem) in
        throw SecretProblem("there is no secret \(name)")
    }

    private let hosts: [String: [String]]
    private let read: Reader
    private let known = Mutex<[SecretForm]>([])

    /// - Parameters:
    ///   - hosts: by the secret's name; `shop.test` is https at the usual port, `shop.test:8080` that port.
    ///   - read: finds the value of one of these names.
    package init(hosts: [String: [String]], read: @escaping Reader) {
        self.hosts = hosts
        self.read = read
    }

    /// The value, for a request that the job may make with it.
    package func value(
        of name: String, for url: String, by capabilities: Capabilities
    ) async throws(SecretProblem) -> String {
        guard capabilities.secrets.contains(name) else {
            throw SecretProblem("the secret \(name) is not approved for this job")
        }
        guard let bound = hosts[name] else { throw SecretProblem("there is no secret \(name)") }
        guard let address = try? HTTPAddress(url), Self.isBound(bound, to: address) else {
            throw SecretProblem("the secret \(name) is not for the host of this address")
        }
        let value = try await read(name)
        remember(value, as: name)
        return value
    }

    /// From here on, texts are cleaned of this value; of a value that was made from a secret too.
    package func remember(_ value: String, as name: String) {
        known.withLock { known in
            for form in SecretForm.all(of: value, name: name) where !known.contains(form) { known.append(form) }
            known.sort { $0.text.count > $1.text.count }
        }
    }

    private static func isBound(_ hosts: [String], to address: HTTPAddress) -> Bool {
        hosts.contains { host in
            let host = host.lowercased()
            if host == address.hostAndPort { return true }
            let isUsual = address.scheme == "https" && address.port == 443
            return isUsual && (host == address.host || host == "[\(address.host)]")
        }
    }

    // MARK: Taking out

    /// The result without any value that was given out before, in whatever form.
    package func cleaned(_ result: StepResult) -> StepResult {
        let forms = known.withLock { $0 }
        guard !forms.isEmpty else { return result }
        func clean(_ text: String) -> String { forms.reduce(text) { $1.removed(from: $0) } }
        var result = result
        result.text = clean(result.text)
        result.error = result.error.map(clean)
        result.note = result.note.map(clean)
        result.trace = result.trace?.map(clean)
        result.value = result.value.map { Self.cleaned($0, by: clean) }
        for index in result.messages.indices { result.messages[index].text = clean(result.messages[index].text) }
        return result
    }

    package func cleaned(_ text: String) -> String { known.withLock { $0 }.reduce(text) { $1.removed(from: $0) } }

    private static func cleaned(_ value: JSONValue, by clean: (String) -> String) -> JSONValue {
        switch value {
        case .string(let text): .string(clean(text))
        case .array(let items): .array(items.map { cleaned($0, by: clean) })
        case .object(let members):
            .object(
                Dictionary(
                    members.map { (clean($0.key), cleaned($0.value, by: clean)) },
                    uniquingKeysWith: { first, _ in first })
            )
        case .number:
            // A secret of digits is one in a number too.
            clean(value.plainText) == value.plainText ? value : .string(clean(value.plainText))
        case .null, .bool: value
        }
    }
}
