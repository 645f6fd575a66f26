import Foundation
import HTTPTransport

/// A request on its way through redirects.
struct RedirectHop {
    static let most = 5

    var request: WebRequest
    private(set) var count = 0

    init(_ request: WebRequest) { self.request = request }

    /// The request that an answer points to; `nil` where it is no redirect.
    ///
    /// Another origin is gone to only where the plan has exactly that request, and then without the headers of the
    /// first one, which may hold a secret.
    func next(after answer: WebAnswer, granted: Set<String>) throws(WebFailure) -> RedirectHop? {
        guard [301, 302, 303, 307, 308].contains(answer.status), let place = answer.headers["location"] else {
            return nil
        }
        guard count < Self.most else {
            throw WebFailure("it was sent on more than \(Self.most) times", isTransient: false)
        }
        guard let base = URL(string: request.url), let target = URL(string: place, relativeTo: base)?.absoluteString
        else { throw WebFailure("it is sent on to an address that cannot be read", isTransient: false) }
        var next = self
        next.count += 1
        next.request.url = Self.withoutFragment(target)
        let keepsMethod = [307, 308].contains(answer.status) || ["GET", "HEAD"].contains(request.method)
        if !keepsMethod {
            next.request.method = "GET"
            next.request.content = nil
            next.request.headers = next.request.headers.filter { $0.key.lowercased() != "content-type" }
        }
        try next.check(from: request.url, granted: granted)
        return next
    }

    private mutating func check(from url: String, granted: Set<String>) throws(WebFailure) {
        let (here, there): (HTTPAddress, HTTPAddress)
        do {
            (here, there) = (try HTTPAddress(url), try HTTPAddress(request.url))
        } catch {
            throw WebFailure("it is sent on, but \(error.message)", isTransient: false)
        }
        guard here != there else { return }
        guard granted.contains("\(request.method) \(request.url)") else {
            throw WebFailure(
                "it is sent on to \(there.scheme)://\(there.hostAndPort), which is not approved for this job",
                isTransient: false)
        }
        request.headers = request.headers.filter { $0.key.lowercased() == "accept" }
    }

    private static func withoutFragment(_ url: String) -> String { String(url.prefix { $0 != "#" }) }
}
