import Testing

@testable import Documents

struct YAMLDocumentTests {
    @Test(arguments: ["no", "012", "1:30", "2026-11-21", "~x", "0x10", "yes"])
    func scalarsStayWhatTheyLookLike(word: String) throws {
        let scalar = try #require(try YAMLDocument.read("a: \(word)")?["a"]?.scalar)
        #expect(scalar.text == word)
        #expect(scalar.truth == nil)
        #expect(scalar.kind == .word)
    }

    @Test func knowsPlacesAndKinds() throws {
        let root = try #require(try YAMLDocument.read("# jobs\n- name: \"3\"\n  enabled: false\n  n: 3\n  x: {a: ~}\n"))
        let entry = try #require(root.list?.first)
        #expect(entry["name"]?.scalar?.number == nil)
        #expect(entry["enabled"]?.scalar?.truth == false)
        #expect(entry["n"]?.scalar?.number == 3)
        #expect(entry["n"]?.place == DocumentPlace(line: 4, column: 6))
        #expect(entry["x"]?["a"]?.scalar?.isNull == true)
        #expect(isInBraces(entry["x"]) == true)
        #expect(isInBraces(entry) == false)
    }

    @Test(arguments: ["", "  \n", "# only a comment\n"])
    func nothingIsNoDocument(text: String) throws {
        #expect(try YAMLDocument.read(text) == nil)
    }

    @Test(arguments: [
        ("a: [1\nb: 2\n", 2), ("a: 1\na: 2\n", 1), ("a: 1\n---\nb: 2\n", 2), ("? [x]\n: 1\n", 1), ("a: *b\n", 1),
        ("a:\n\t- b\n", 2),
    ])
    func saysWhereItIsBroken(text: String, line: Int) {
        #expect(problem(text)?.place?.line == line)
    }

    @Test func aliasesOfAliasesAreBounded() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }
        #expect(problem(text)?.reason == .tooMuch)
    }

    @Test(arguments: ["[", "- ", "{a: ", "? "])
    func nestingEndsSomewhere(mark: String) {
        #expect(problem(String(repeating: mark, count: 100_000)) != nil)
    }

    private func isInBraces(_ node: DocumentNode?) -> Bool? {
        guard case .object(_, let isInBraces)? = node?.content else { return nil }
        return isInBraces
    }

    private func problem(_ text: String) -> DocumentError? {
        do throws(DocumentError) {
            _ = try YAMLDocument.read(text)
            return nil
        } catch {
            return error
        }
    }
}
