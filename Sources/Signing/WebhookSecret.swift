import Foundation

/// The shared secret of a webhook: `whsec_` and base64 of 24 to 64 bytes (Standard Webhooks 1.0).
///
/// Its description hides the bytes, so that it cannot slip into a log by interpolation.
package struct WebhookSecret: Sendable {
    package enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
        case missingPrefix
        case notBase64
        case wrongLength(Int)

        package var description: String {
            switch self {
            case .missingPrefix: "a webhook secret begins with whsec_"
            case .notBase64: "what follows whsec_ is not base64"
            case .wrongLength(let count): "a webhook secret has 24 to 64 bytes, not \(count)"
            }
        }
    }

    let key: [UInt8]

    package init(_ text: String) throws(Problem) {
        guard text.hasPrefix("whsec_") else { throw .missingPrefix }
        guard let data = Data(base64Encoded: String(text.dropFirst(6))) else { throw .notBase64 }
        guard (24...64).contains(data.count) else { throw .wrongLength(data.count) }
        key = Array(data)
    }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "whsec_…" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
