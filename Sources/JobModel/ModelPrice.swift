import Foundation

/// What a model charges, in dollars per million tokens, which is as many micro-dollars per token.
package struct ModelPrice: Hashable, Sendable {
    package let input: Double
    /// Of input that the provider had cached.
    package let cached: Double
    package let output: Double

    package static let free = ModelPrice(input: 0, output: 0)
    /// What is assumed of a model that nobody stated a price for: more than any is expected to charge.
    package static let unknown = ModelPrice(input: 15, output: 75)
    /// What a price can be.
    package static let range: ClosedRange<Double> = 0...10_000

    /// Without `cached`, cached input costs what other input does.
    package init(input: Double, cached: Double? = nil, output: Double) {
        self.input = input
        self.cached = cached ?? input
        self.output = output
    }

    /// Micro-dollars, rounded up.
    package func cost(input: Int, cached: Int = 0, output: Int) -> Int64 {
        let reused = min(max(0, cached), max(0, input))
        return Self.sum([(max(0, input) - reused, self.input), (reused, self.cached), (max(0, output), self.output)])
    }

    /// The most that such a request can cost, whatever of its input is cached.
    package func worst(input: Int, output: Int) -> Int64 {
        Self.sum([(max(0, input), max(self.input, cached)), (max(0, output), self.output)])
    }

    private static func sum(_ parts: [(tokens: Int, price: Double)]) -> Int64 {
        // Prices have at most six decimals: in millionths of a micro-dollar the sum is of whole numbers.
        let exact = parts.reduce(0.0) { $0 + Double($1.tokens) * ($1.price * 1_000_000).rounded() }
        return Int64(min((exact / 1_000_000).rounded(.up), Double(Dollars.most)))
    }
}

/// Which price holds for which model: the first line that fits.
package struct PriceTable: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        /// `openai:gpt-x`, where `*` stands for any characters; one with an `@` speaks of the address too.
        package let pattern: String
        package let price: ModelPrice

        package init(_ pattern: String, _ price: ModelPrice) {
            self.pattern = pattern
            self.price = price
        }
    }

    package let lines: [Line]
    /// Of every model that no line fits.
    package let unknown: ModelPrice

    /// Servers on this machine cost nothing, all others the maximum.
    package static let builtIn = PriceTable()

    package init(lines: [Line] = [], unknown: ModelPrice = .unknown) {
        self.lines = lines
        self.unknown = unknown
    }

    /// - Parameters:
    ///   - model: `openai:gpt-x`.
    ///   - base: where it is served, `https://api.example.test/v1`; `nil` where that is not known.
    package func price(of model: String, at base: String? = nil) -> ModelPrice {
        let address = base.map { "\(model)@\($0)" }
        let fitting = lines.first { line in
            Self.fits(line.pattern.contains("@") ? address ?? model : model, line.pattern)
        }
        if let fitting { return fitting.price }
        return model.hasPrefix("ollama:") || base.map(Self.isOnThisMachine) ?? false ? .free : unknown
    }

    /// `*` stands for any characters, also none.
    static func fits(_ text: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == pattern }
        guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return true
    }

    /// `localhost`, 127.0.0.0/8 or ::1, written as such: a name that only leads there is somebody else's.
    private static func isOnThisMachine(_ base: String) -> Bool {
        guard let host = URLComponents(string: base)?.host?.lowercased() else { return false }
        if ["localhost", "::1", "[::1]"].contains(host) { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers.first == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
