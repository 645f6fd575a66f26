import Foundation
import JobModel
import Testing

/// A JSON text, shown as it is.
struct JSONExample: Sendable, CustomTestStringConvertible {
    var text: String
    var value: JSONValue

    init(_ text: String, _ value: JSONValue) {
        self.text = text
        self.value = value
    }

    var testDescription: String { text }
}

@Suite("JSON texts are read") struct JSONReaderTests {
    /// What Foundation makes of the same text.
    private func foundation(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    @Test(arguments: [
        JSONExample("null", nil), JSONExample("true", true), JSONExample("false", false),
        JSONExample("\"\"", ""), JSONExample("[]", []), JSONExample("{}", [:]), JSONExample(" \t\r\n1 \t\r\n", 1),
        JSONExample("[ ]", []), JSONExample("{ }", [:]),
        JSONExample("[1,[2,[]],{}]", [1, [2, []], [:]]),
        JSONExample(#"{"a":1,"b":{"c":[true,null]}}"#, ["a": 1, "b": ["c": [true, nil]]]),
        JSONExample(" { \"a\" : [ 1 , 2 ] , \"b\" : \"c\" } ", ["a": [1, 2], "b": "c"]),
        JSONExample(#"{"":0}"#, ["": 0]), JSONExample(#"{"\u0061\n":1}"#, ["a\n": 1]),
        JSONExample(#""grün, 東京, 😀""#, "grün, 東京, 😀"), JSONExample("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
    ])
    func documents(_ example: JSONExample) throws {
        #expect(try JSONValue(parsing: example.text) == example.value)
        #expect(try foundation(example.text) == example.value)
    }

    @Test(arguments: [
        JSONExample("0", 0), JSONExample("-0", 0), JSONExample("-0.0", 0), JSONExample("7", 7), JSONExample("-12", -12),
        JSONExample("1.5", 1.5), JSONExample("-0.25", -0.25), JSONExample("0.1", 0.1), JSONExample("10.00", 10),
        JSONExample("1e3", 1_000), JSONExample("1E3", 1_000), JSONExample("2e+2", 200), JSONExample("5e-1", 0.5),
        JSONExample("-1.25e2", -125), JSONExample("123456789012345", 123_456_789_012_345),
        JSONExample("-999999999999999", -999_999_999_999_999),
        JSONExample("9007199254740993", 9_007_199_254_740_992),
        JSONExample("12345678901234567890", 1.2345678901234567e19),
        JSONExample("0.30000000000000004", 0.30000000000000004),
        JSONExample("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
        JSONExample("5e-324", .number(.leastNonzeroMagnitude)),
    ])
    func numbers(_ example: JSONExample) throws {
        #expect(try JSONValue(parsing: example.text) == example.value)
        #expect(try foundation(example.text) == example.value)
    }

    @Test(arguments: [
        JSONExample(#""\"\\\/""#, "\"\\/"), JSONExample(#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        JSONExample(#""a\u0041\u00e9\u00E9\u20ac""#, "aAéé€"), JSONExample(#""\u0000""#, "\0"),
        JSONExample(#""\ud83d\ude00""#, "😀"), JSONExample(#""x\uD83D\uDE00\ud83d\ude01y""#, "x😀😁y"),
        JSONExample(#""\ud800\udc00\udbff\udfff""#, "\u{10000}\u{10FFFF}"),
        JSONExample(#""\ud7ff\ue000""#, "\u{D7FF}\u{E000}"),
        JSONExample(#""grün\n😀""#, "grün\n😀"),
    ])
    func escapes(_ example: JSONExample) throws {
        #expect(try JSONValue(parsing: example.text) == example.value)
        #expect(try foundation(example.text) == example.value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "NaN", "Infinity", "'a'", "a", "[", "]", "{", "}", "[1", "[,1]", "[1 2]",
        "[1,,2]", "{\"a\"}", "{\"a\":}", "{,}", "{\"a\" 1}", "{a:1}", "{1:2}", "{\"a\":1 \"b\":2}", "[1}", "{\"a\":1]",
        "1 2", "{} {}", "[] x", "\"a\" \"b\"", "1,", "// 1", "\u{A0}1", "\0",
    ])
    func refusedDocuments(_ text: String) { expectRefusal(of: text) }

    @Test(arguments: [
        "-", "+1", "01", "-01", "00", "1.", ".5", "-.5", "1.e3", "1e", "1e+", "1E-", "1.5.2", "0x10", "1_000", "1e400",
        "-1e400",
        "--1", "1-", "１",
    ])
    func refusedNumbers(_ text: String) { expectRefusal(of: text) }

    @Test(arguments: [
        "\"", "\"a", "\"a\\", "\"a\\\"", "\"\\x\"", "\"\\'\"", "\"\\U0041\"", "\"\\u\"", "\"\\u12\"", "\"\\u12g4\"",
        "\"\\u 123\"", "\"\\ud83d\"", "\"\\ud83d \"", "\"\\ud83dx\"", "\"\\ud83d\\n\"", "\"\\ud83d\\u0041\"",
        "\"\\ude00\"",
        "\"\\ude00\\ud83d\"", "\"\\ud83d\\ud83d\\ude00\"", "\"a\nb\"", "\"a\tb\"", "\"a\0b\"", "\"\u{1F}\"",
        "\"\\n\u{1}\"",
        "[\"\\ud83d", "[\"\\u00",
    ])
    func refusedStrings(_ text: String) { expectRefusal(of: text) }

    /// Foundation takes the first four and refuses the last two.
    @Test func whereFoundationReadsOtherwise() throws {
        for text in ["[1,]", "{\"a\":1,}", "\u{FEFF}1", "1\0"] {
            #expect(throws: (any Error).self, "\(text)") { try JSONValue(parsing: text) }
        }
        for text in ["0e5", "1e-400"] { #expect(try JSONValue(parsing: text) == 0) }
    }

    private func expectRefusal(of text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(throws: (any Error).self, sourceLocation: sourceLocation) { try JSONValue(parsing: text) }
        #expect(throws: (any Error).self, sourceLocation: sourceLocation) { try foundation(text) }
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func nestingEndsSomewhere(_ open: String, _ close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth - 1) + "[]" + String(repeating: close, count: depth - 1)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(200)) }
        #expect(throws: (any Error).self) { try JSONValue(parsing: nested(300)) }
        #expect(throws: (any Error).self) { try JSONValue(parsing: nested(200_000)) }
        #expect(throws: (any Error).self) { try JSONValue(parsing: String(repeating: open, count: 200_000)) }
    }

    @Test func theLastMemberOfOneNameStands() throws {
        #expect(try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#) == ["a": 3, "b": 2])
    }
}
