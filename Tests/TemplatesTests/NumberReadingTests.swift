import Templates
import Testing

@Suite("Reading numbers")
struct NumberReadingTests {
    @Test(arguments: [
        ("20", 20), ("1,234.50", 1234.5), ("1.234,50", 1234.5), ("24.90 €", 24.9), ("24,90 €", 24.9), ("-3", -3),
        ("−3,5 °C", -3.5), ("1,234", 1234), ("1.234", 1.234), ("1,234,567", 1_234_567), ("1.234.567", 1_234_567),
        ("0,500", 0.5), ("12,3456", 12.3456), ("1'234.50", 1234.5), ("1\u{202F}234,50", 1234.5), ("1e3", 1000),
        ("$19.99", 19.99), ("-$5", -5), ("EUR24.90", 24.9), ("EUR 24.90", 24.9), ("85%", 85), ("about 12 of 30", 12),
        ("utf-8 says 7", 8), ("v2 costs 30", 30), ("sku A12: 7", 7), ("1.2.3", 1.2), ("from 5-6", 5), ("9.", 9),
        ("3 apples", 3), ("  \n42\n", 42), ("20, 30", 20), ("007", 7),
        ("{\"price\": 19.5}", 19.5), ("{\"v2\": \"x\", \"price\": \"24,90 €\"}", 24.9), ("[3, 4]", 3),
        ("{\"name\": \"item 7\", \"price\": 12}", 12), ("{\"a\": {\"b\": [-1.5e2]}}", -150),
        ("{not json 5", 5), ("{\"quote\\\" 3\": 4}", 4),
    ])
    func reads(_ text: String, _ expected: Double) {
        #expect(NumberReading.firstNumber(in: text) == expected)
    }

    @Test(arguments: ["", "no number", "{\"a\": null}", "utf8", "[]", "{\"1\": \"one\"}"])
    func findsNone(_ text: String) {
        #expect(NumberReading.firstNumber(in: text) == nil)
    }
}
