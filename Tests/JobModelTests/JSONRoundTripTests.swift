import Foundation
import JobModel
import Testing

@Suite("JSON values come back as they were written") struct JSONRoundTripTests {
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func randomDocuments(_ seed: UInt64) throws {
        var documents = RandomJSON(seed: seed)
        for _ in 0..<50 {
            let value = documents.next()
            let text = value.compactText
            #expect(try JSONValue(parsing: text) == value, "\(text)")
            #expect(try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) == value, "\(text)")
            let pretty = try Self.prettyText(of: value)
            #expect(try JSONValue(parsing: pretty) == value, "\(pretty)")
        }
    }

    /// As Foundation writes it, over several lines and with its own escapes.
    private static func prettyText(of value: JSONValue) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .prettyPrinted
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
