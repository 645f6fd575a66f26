import Testing

@testable import Documents

struct JSONDocumentTests {
    @Test func knowsThePlaceOfEverything() throws {
        let document = JSONDocument("[\n  {\"näme\": [1, \"a\\u00e9\"], \"b\": true}\n]")
        #expect(document.problems.isEmpty)
        let entry = try #require(document.root?.list?.first)
        #expect(entry.place == DocumentPlace(line: 2, column: 3))
        #expect(entry.members?.map(\.place.column) == [4, 28])
        #expect(entry["näme"]?.list?.map(\.place.column) == [13, 16])
        #expect(entry["näme"]?.list?[0].scalar?.number == 1)
        #expect(entry["näme"]?.list?[1].scalar?.text == "aé")
        #expect(entry["b"]?.scalar?.truth == true)
    }

    @Test func aBrokenEntryDoesNotCostTheOthers() {
        let document = JSONDocument(
            """
            [
              {"name": "a", "payload": {"x": [1, 2}},
              {"name": "b},
              {"name": "c" "d": 1},
              {"name": "e",},
              {"name": "f"}
            ]
            """)
        #expect(document.problems.map(\.place?.line) == [2, 3, 4, 5])
        #expect(document.root?.list?.compactMap { $0["name"]?.scalar?.text } == ["f"])
    }

    struct Broken: Sendable {
        var text: String
        var line: Int
        var column: Int
        var message: String

        init(_ text: String, _ line: Int, _ column: Int, _ message: String) {
            (self.text, self.line, self.column, self.message) = (text, line, column, message)
        }
    }

    @Test(arguments: [
        Broken("", 1, 1, "the file is empty"),
        Broken("[1,\n 2", 2, 3, "a comma or \"]\" is missing here"),
        Broken("[\n  {\"a\": \"b\n", 2, 9, "a text that begins here has no closing quote"),
        Broken("[]\nrest", 2, 1, "there is something behind the end of the document"),
        Broken("{\"a\": 1,\n \"a\": 2}", 2, 2, "\"a\" stands here twice"),
        Broken("{\"a\" 1}", 1, 6, "a colon is missing behind \"a\""),
        Broken("[no]", 1, 2, "\"no\" is no value: a text stands in quotes"),
        Broken("[\"\\q\"]", 1, 2, "this text has a \"\\\" that JSON does not know"),
        Broken("[1,]", 1, 4, "a value should stand here"),
    ])
    func saysWhereItIsBroken(_ broken: Broken) {
        let problems = JSONDocument(broken.text).problems
        #expect(problems.map(\.message) == [broken.message])
        #expect(problems.first?.place == DocumentPlace(line: broken.line, column: broken.column))
    }

    @Test func nestingEndsSomewhere() {
        let text = String(repeating: "[", count: 100_000)
        #expect(JSONDocument(text).root == nil)
        #expect(JSONDocument(text).problems.last?.reason == .tooMuch)
    }
}
