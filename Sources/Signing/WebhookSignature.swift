import Foundation

/// Signs and checks webhook bodies as Standard Webhooks 1.0 has it: HMAC-SHA256 over `id.timestamp.body`.
package enum WebhookSignature {
    /// Seconds by which a timestamp may be off, either way.
    package static let tolerance: TimeInterval = 300

    /// The three headers that go with `body`.
    ///
    /// The same `id` stays over all attempts of one message; `at` is the moment of this attempt.
    package static func headers(
        id: String, at date: Date, body: [UInt8], secret: WebhookSecret
    ) -> [(name: String, value: String)] {
        let timestamp = String(Int(date.timeIntervalSince1970.rounded(.down)))
        let code = MessageCode.sha256(of: signed(id: id, timestamp: timestamp, body: body), key: secret.key)
        return [
            ("webhook-id", id),
            ("webhook-timestamp", timestamp),
            ("webhook-signature", "v1," + Data(code).base64EncodedString()),
        ]
    }

    /// Why a signature is not accepted.
    package enum Rejection: Error, Equatable, Sendable {
        case missingHeader
        case malformedTimestamp
        /// Seconds that the timestamp is off.
        case outsideTolerance(TimeInterval)
        case noMatch
    }

    /// Checks the raw body against the headers' values; several secrets allow for a change of them.
    ///
    /// Signatures of versions other than `v1` are passed over. Whoever calls must also remember ids for longer than
    /// the tolerance, or a message could be played again.
    package static func verify(
        id: String, timestamp: String, signature: String, body: [UInt8], secrets: [WebhookSecret], now: Date
    ) throws(Rejection) {
        guard !id.isEmpty, !timestamp.isEmpty, !signature.isEmpty else { throw .missingHeader }
        guard let seconds = Int64(timestamp) else { throw .malformedTimestamp }
        let distance = abs(now.timeIntervalSince1970 - TimeInterval(seconds))
        guard distance <= tolerance else { throw .outsideTolerance(distance) }
        let message = signed(id: id, timestamp: timestamp, body: body)
        guard codes(in: signature).contains(where: { code in secrets.contains { $0.accepts(code, for: message) } })
        else { throw .noMatch }
    }

    private static func signed(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }

    private static func codes(in header: String) -> [[UInt8]] {
        header.split(separator: " ").compactMap { part in
            guard part.hasPrefix("v1,") else { return nil }
            return Data(base64Encoded: String(part.dropFirst(3))).map(Array.init)
        }
    }
}

extension WebhookSecret {
    fileprivate func accepts(_ code: [UInt8], for message: [UInt8]) -> Bool {
        MessageCode.isValid(code, for: message, key: key)
    }
}
