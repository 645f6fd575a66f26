import Foundation
import JobModel
import Testing

private let order: JSONValue = [
    "total": 640, "text_total": "640.50", "sku": "A1", "status": "open", "title": "Order DELAYED again",
    "labels": ["bug", "ops"], "customer": ["country": "FR", "vip": true], "note": nil, "zip": "0123",
    "items": [["sku": "B2"], ["sku": "C3"]], "due": "2026-03-01",
]

@Suite struct DataFilterTests {
    @Test(arguments: [
        ("total > 500", true), ("total > 640", false), ("total >= 640", true), ("total = 640", true),
        ("total <> 640", false), ("text_total > 640", true), ("total == \"640\"", true), ("total == open", false),
        ("total != open", true), ("total < open", false),
        ("sku == \"A1\"", true), ("sku == A1", true), ("sku == 'a1'", false), ("sku != B2", true),
        ("zip == \"0123\"", true), ("zip == \"123\"", false), ("zip == 123", true), ("zip < \"0200\"", true),
        ("due < \"2026-04-01\"", true), ("due > 5", false),
        ("status in [\"open\", \"new\"]", true), ("status in [closed]", false), ("total in [1, 640]", true),
        ("title contains \"delayed\"", true), ("title contains gone", false), ("labels contains \"bug\"", true),
        ("labels contains BUG", false), ("total contains 6", false),
        ("customer.country != DE", true), ("customer.vip == true", true), ("customer.vip == 1", false),
        ("items.1.sku == C3", true), ("items.2.sku == C3", false),
        ("exists(note)", true), ("note == null", true), ("exists(gone)", false), ("exists(customer.country)", true),
        // What is not there makes a comparison false, whatever it is.
        ("gone == 1", false), ("gone != 1", false), ("gone in [1]", false), ("gone contains x", false),
        ("not gone == 1", true), ("not exists(gone)", true), ("sku.deeper == 1", false),
        ("total > 500 and customer.country != DE", true), ("total > 700 or sku == A1", true),
        ("sku == A1 or sku == B2 and total > 700", true), ("(sku == A1 or sku == B2) and total > 700", false),
        ("not (total > 500 and sku == A1)", false), ("not not sku == A1", true),
    ])
    func holds(_ text: String, _ expected: Bool) throws {
        let filter = try DataFilter(parsing: text)
        #expect(filter.matches(order) == expected)
        #expect((filter.mismatch(in: order) == nil) == expected)
        #expect(try DataFilter(parsing: filter.description) == filter)
    }

    @Test(arguments: [
        ("", "empty", 0..<0), ("  ", "empty", 0..<2), ("total", "missing_comparison", 0..<5),
        ("total 500", "missing_comparison", 6..<9), ("total >", "missing_value", 7..<7),
        ("total > and", "missing_value", 8..<11), ("> 500", "missing_member", 0..<1),
        ("total > 500 and", "missing_member", 15..<15), ("total > 5 total", "trailing", 10..<15),
        ("sku == \"A1", "unclosed_text", 7..<10), ("(total > 5", "unclosed_bracket", 0..<1),
        ("(total > 5]", "trailing", 10..<11), ("sku in A1", "bad_list", 7..<9), ("sku in [1 2]", "bad_list", 10..<11),
        ("sku in [1", "bad_list", 7..<8), ("sku in []", "missing_value", 8..<9), ("sku == 1A", "bad_number", 7..<9),
        ("sku == 0x10", "bad_number", 7..<11), ("total => 5", "bad_character", 6..<8),
        ("total ; 5", "bad_character", 6..<7), ("customer..x == 1", "missing_member", 0..<11),
        ("exists(note", "unclosed_bracket", 6..<7), ("not", "missing_member", 3..<3),
        ("sku == \"\\u00g0\"", "bad_character", 8..<14),
    ])
    func pointsAtWhatIsWrong(_ text: String, _ code: String, _ range: Range<Int>) {
        let error = #expect(throws: DataFilterError.self) { try DataFilter(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.range == range)
        #expect(error?.message.isEmpty == false)
    }

    @Test func refusesWhatIsTooLongOrTooDeep() {
        let deep = String(repeating: "(", count: 40) + "a == 1" + String(repeating: ")", count: 40)
        #expect(throws: DataFilterError(.tooDeep, at: 32..<33)) { try DataFilter(parsing: deep) }
        let long = "a == \"" + String(repeating: "x", count: 2000) + "\""
        #expect(throws: DataFilterError(.tooLong, at: 2000..<2007)) { try DataFilter(parsing: long) }
        // Its own text would be longer than what can be read back.
        let grows = "a = \"" + String(repeating: "x", count: 1994) + "\""
        #expect(throws: DataFilterError(.tooLong, at: 0..<2000)) { try DataFilter(parsing: grows) }
    }

    @Test(arguments: [
        ("total > 700", "total is 640"), ("gone == 1", "there is no gone"), ("not sku == A1", "sku == \"A1\" holds"),
        ("total > 500 and sku == B2", "sku is \"A1\""),
        ("total > 700 or gone == 1", "total is 640, and there is no gone"),
        ("total > 700 or total < 1", "total is 640"),
    ])
    func saysWhyNot(_ text: String, _ reason: String) throws {
        #expect(try DataFilter(parsing: text).mismatch(in: order) == reason)
    }

    @Test func isStoredAsText() throws {
        let filter = EventFilter(
            name: "shop.order", data: try DataFilter(parsing: "total>500 and (a=1 or not b in [x])"))
        let text = try JSONValue(encoding: filter).compactText
        #expect(text == #"{"data":"total > 500 and (a == 1 or not b in [\"x\"])","name":"shop.order"}"#)
        #expect(try JSONDecoder().decode(EventFilter.self, from: Data(text.utf8)) == filter)
    }

    /// What was stored before there were filters on data.
    @Test func readsWhatOlderVersionsStored() throws {
        let old = Data(#"{"job":"Backup","jobID":3,"name":"run.failed"}"#.utf8)
        let filter = EventFilter(name: "run.failed", job: "Backup", jobID: 3)
        #expect(try JSONDecoder().decode(EventFilter.self, from: old) == filter)
        #expect(try JSONValue(encoding: filter).compactText == String(decoding: old, as: UTF8.self))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(EventFilter.self, from: Data(#"{"name":"a.b","data":"total >"}"#.utf8))
        }
    }
}
