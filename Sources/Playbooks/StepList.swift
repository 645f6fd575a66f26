import Foundation
import JobModel

/// What a step with `forEach` came to so far; its `result` is recorded after each element, and read again after a crash.
struct StepList {
    static let mostElements = 1000
    /// Bytes of all results as compact JSON, and of their texts.
    static let largest = 256 * 1024

    private var values: [JSONValue] = []
    private var lines: [String] = []
    private var messages: [OutgoingMessage] = []
    private var failures: [String] = []
    private var note: String?
    private var origin: StepResult.Origin?
    private let total: Int
    private let digest: String
    private(set) var size = 0

    init(items: [JSONValue]) {
        total = items.count
        digest = Self.digest(of: items)
    }

    /// `nil` where the result is not that of a list of these elements.
    init?(resuming result: StepResult?, items: [JSONValue]) {
        self.init(items: items)
        guard let result, let values = result.value?.array, result.inputHash == digest else { return nil }
        self.values = values
        lines = result.text.isEmpty ? [] : [result.text]
        (messages, failures) = (result.messages, result.trace ?? [])
        (note, origin) = (failures.isEmpty ? result.note : nil, result.origin)
        size = values.reduce(result.text.utf8.count) { $0 + $1.compactText.utf8.count }
    }

    /// Elements that are over.
    var count: Int { values.count }

    mutating func add(_ result: StepResult) {
        let value = result.value ?? .string(result.text)
        values.append(value)
        if !result.text.isEmpty { lines.append(result.text) }
        messages += result.messages
        if note == nil { note = result.note }
        if result.origin != nil { origin = result.origin }
        size += value.compactText.utf8.count + result.text.utf8.count
    }

    /// The list goes on; the element has no result.
    mutating func addFailure(_ words: String) {
        values.append(.null)
        failures.append(words)
        size += words.utf8.count
    }

    var result: StepResult {
        var words = note
        if let first = failures.first { words = "\(failures.count) of \(total) elements failed: \(first)" }
        return StepResult(
            text: lines.joined(separator: "\n"), note: words, messages: messages, origin: origin,
            trace: failures.isEmpty ? nil : failures, value: .array(values), inputHash: digest)
    }

    func failed(_ error: String, isTransient: Bool = false) -> StepResult {
        var result = result
        (result.error, result.isTransient) = (error, isTransient)
        return result
    }

    func waiting(until moment: Date) -> StepResult {
        var result = result
        result.waitsUntil = moment
        return result
    }

    /// FNV-1a (64 bits) of the values' compact JSON: tells lists apart, guards nothing.
    static func digest(of values: [JSONValue]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in JSONValue.array(values).compactText.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
