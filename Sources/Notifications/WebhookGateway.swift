import Foundation
import HTTPTransport
import JobModel
import Signing

/// Posts each delivery as JSON: `{"type":"delivery","v":1,"id","job","text","at"}`.
///
/// With a secret the request carries the three headers of Standard Webhooks. `id` is the same over all attempts of one
/// delivery and differs between stores, so that a receiver can leave out what it has seen.
package struct WebhookGateway: Gateway {
    package let name: String
    private let url: String
    private let secret: WebhookSecret?
    private let client: HTTPClient
    private let policy: NetworkPolicy
    private let now: @Sendable () -> Date
    /// Seconds.
    private let timeout: TimeInterval

    /// Most UTF-8 bytes of a text; receivers commonly take 20 KB of body.
    static let maximumTextBytes = 16_000

    package init(
        name: String, url: String, secret: WebhookSecret?, time: any TimeSource, client: HTTPClient = .shared,
        policy: NetworkPolicy = .configuredHost, timeout: TimeInterval = 20
    ) {
        self.name = name
        self.url = url
        self.secret = secret
        self.client = client
        self.policy = policy
        self.timeout = timeout
        now = { time.now }
    }

    package func deliver(_ delivery: Delivery) async -> DeliveryResult {
        do throws(HTTPError) {
            // The head decides; the rest of the answer is not waited for.
            let head = try await client.stream(request(for: delivery)).head
            return verdict(on: head)
        } catch {
            return error.isTransient || error.code == .cancelled
                ? .retry(reason: error.message, after: nil) : .refused(reason: error.message)
        }
    }

    private func verdict(on head: HTTPHead) -> DeliveryResult {
        let wait = head.retryAfter(at: now())
        return switch head.status {
        case 200..<300: .sent
        case 300..<400: .refused(reason: "the webhook redirects (status \(head.status)), which is not followed")
        case 410: .refused(reason: "the webhook is gone (status 410)")
        case 429: .retry(reason: "the webhook takes no more for now (status 429)", after: wait)
        case 408, 425, 500...: .retry(reason: "the webhook answered with status \(head.status)", after: wait)
        default: .refused(reason: "the webhook answered with status \(head.status)")
        }
    }

    // MARK: The request

    private func request(for delivery: Delivery) -> HTTPRequest {
        let id = Self.messageID(of: delivery)
        let body = Self.body(of: delivery, id: id)
        var headers = [(name: "Content-Type", value: "application/json")]
        if let secret { headers += WebhookSignature.headers(id: id, at: now(), body: body, secret: secret) }
        return HTTPRequest(
            method: "POST", url: url, headers: headers, body: body, timeout: timeout, policy: policy)
    }

    /// Row numbers repeat between stores, the moment of creation does not.
    static func messageID(of delivery: Delivery) -> String {
        "\(delivery.id)-\(Int64((delivery.createdAt.timeIntervalSince1970 * 1000).rounded()))"
    }

    static func body(of delivery: Delivery, id: String) -> [UInt8] {
        let document: JSONValue = [
            "type": "delivery", "v": 1, "id": .string(id),
            "job": .string(delivery.jobName.withoutControlCharacters(keepingNewlines: false)),
            "text": .string(shortened(delivery.text.withoutControlCharacters(keepingNewlines: true))),
            "at": .string(RFC3339.text(delivery.createdAt, fraction: .milliseconds)),
        ]
        return Array(document.compactText.utf8)
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > maximumTextBytes else { return text }
        var bytes = 0
        return text.prefix { character in
            bytes += character.utf8.count
            return bytes <= maximumTextBytes
        } + "…"
    }
}
