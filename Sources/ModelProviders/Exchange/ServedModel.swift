import Foundation
import HTTPTransport
import JobModel

/// A model at a server, asked over HTTP in its provider's dialect, streamed.
///
/// Two retries at most, inside the request's timeout; an answer that broke off is not asked for again. The key is
/// looked up for each request, and is in its header only: in no error and no description.
package struct ServedModel: LanguageModel {
    /// Finds the key; `nil` where there is none, which servers on one's own machine accept.
    package typealias Key = @Sendable () async throws(ModelError) -> String?

    package let address: ModelAddress
    private let key: Key
    private let headers: [(name: String, value: String)]
    private let way: ModelWay
    private let client: HTTPClient
    private let time: any TimeSource
    private let jitter: @Sendable (ClosedRange<Double>) -> Double

    /// Retries after the first attempt, the longest wait (seconds) that a server may ask for, and how often a request
    /// may be put in another way.
    private static let retries = 2
    private static let longestWait: TimeInterval = 120
    private static let adaptations = 4

    /// - Parameters:
    ///   - headers: sent beside those of the dialect.
    ///   - way: how the server is reached; usually straight.
    ///   - jitter: draws a number from a range.
    package init(
        address: ModelAddress, key: @escaping Key, headers: [(name: String, value: String)] = [],
        way: ModelWay = ModelWay(), time: any TimeSource, client: HTTPClient = .shared,
        jitter: @escaping @Sendable (ClosedRange<Double>) -> Double = { Double.random(in: $0) }
    ) {
        self.address = address
        self.key = key
        self.headers = headers
        self.way = way
        self.client = client
        self.time = time
        self.jitter = jitter
    }

    package var name: String { address.name }

    package func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        do throws(LostQuestion) { return try await completeCounted(request) } catch { throw error.error }
    }

    package func completeCounted(_ request: ModelRequest) async throws(LostQuestion) -> ModelAnswer {
        let exchange: ModelExchange
        do throws(ModelError) { exchange = try await self.exchange() } catch { throw LostQuestion(error) }
        let outputs = exchange.dialect.outputs
        var form = RequestForm(request, outputs: outputs)
        let deadline = time.now + request.timeout
        var (retriesUsed, adapted, lost) = (0, 0, 0)
        while true {
            let failure: AttemptFailure
            do throws(AttemptFailure) {
                var answer = try await exchange.attempt(request, form, until: deadline)
                answer.model = name
                answer.lostAttempts = lost
                answer.isSchemaForced = form.forcesSchema
                return answer
            } catch {
                failure = error
            }
            if let complaint = failure.complaint, adapted < Self.adaptations,
                form.adapt(to: complaint, outputs: outputs)
            {
                adapted += 1
                if failure.hasBegun { lost += 1 }
                continue
            }
            let wait = failure.retryAfter ?? backoff(afterAttempt: retriesUsed + 1)
            guard failure.isRetryable, retriesUsed < Self.retries, wait <= Self.longestWait,
                time.now + wait < deadline
            else {
                let chargeable = lost + (failure.mayBeCharged ? 1 : 0)
                throw LostQuestion(exchange.withoutKey(failure.error), chargeable: chargeable)
            }
            if failure.hasBegun { lost += 1 }
            try await pause(wait, lost: lost)
            retriesUsed += 1
        }
    }

    /// The names of the models that the server offers, sorted.
    ///
    /// - Parameter timeout: seconds.
    package func offered(timeout: TimeInterval = 10) async throws(ModelError) -> [String] {
        try await exchange().offered(timeout: timeout)
    }

    private func exchange() async throws(ModelError) -> ModelExchange {
        let key = try await key().flatMap { $0.isEmpty ? nil : $0 }
        return ModelExchange(
            address: address, dialect: address.provider.dialect.implementation, key: key, headers: headers,
            way: way, client: client, time: time)
    }

    // MARK: Between attempts

    /// Half a second, doubling up to eight, less up to a quarter.
    private func backoff(afterAttempt attempt: Int) -> TimeInterval {
        min(8, 0.5 * pow(2, Double(attempt - 1))) * jitter(0.75...1)
    }

    private func pause(_ seconds: TimeInterval, lost: Int) async throws(LostQuestion) {
        do {
            try await time.sleep(until: time.now + seconds)
        } catch {
            throw LostQuestion(.cancelled, chargeable: max(1, lost))
        }
    }
}
