import JobModel
import Testing

@Suite("JSON values are written") struct JSONWriterTests {
    @Test(arguments: [
        JSONExample("null", nil), JSONExample("true", true), JSONExample("false", false), JSONExample("[]", []),
        JSONExample("{}", [:]), JSONExample(#"[1,"a",[null],{"b":[]}]"#, [1, "a", [nil], ["b": []]]),
        JSONExample(#"{"A":1,"a":2,"aa":3,"b":4,"ä":5}"#, ["b": 4, "ä": 5, "aa": 3, "a": 2, "A": 1]),
        JSONExample("0", 0), JSONExample("0", .number(-0.0)), JSONExample("-12", -12), JSONExample("1.5", 1.5),
        JSONExample("0.1", 0.1), JSONExample("0.30000000000000004", .number(0.1 + 0.2)),
        JSONExample("1000000000000000000", 1e18), JSONExample("9007199254740992", 9_007_199_254_740_992),
        JSONExample("1e+19", 1e19), JSONExample("1e-07", 1e-7), JSONExample("5e-324", .number(.leastNonzeroMagnitude)),
        JSONExample("null", .number(.infinity)), JSONExample("[null]", [.number(.nan)]),
        JSONExample(#""""#, ""), JSONExample(#""/a\\b\"c""#, #"/a\b"c"#),
        JSONExample(#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        JSONExample(#""\u0000\u0001\u000b\u001f\#u{7F}\#u{80}""#, "\0\u{1}\u{B}\u{1F}\u{7F}\u{80}"),
        JSONExample(#""grün 東京 😀""#, "grün 東京 😀"), JSONExample(#"{"a\"\n":1}"#, ["a\"\n": 1]),
    ])
    func texts(_ example: JSONExample) {
        #expect(example.value.compactText == example.text)
    }
}
