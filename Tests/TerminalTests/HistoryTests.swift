import Foundation
import Testing

@testable import Terminal

@Suite struct HistoryTests {
    @Test(arguments: [
        ("plain", "plain"), ("two\nlines", "two\\nlines"), ("back\\slash", "back\\\\slash"), ("a\\n", "a\\\\n"),
        ("cr\r\n", "cr\\r\\n"), ("日本 grüße", "日本 grüße"), ("", ""),
    ])
    func entryIsOneLine(entry: String, line: String) {
        #expect(HistoryFile.escaped(entry) == line)
        #expect(HistoryFile.unescaped(line) == entry)
    }

    @Test func readsDamagedLines() {
        #expect(HistoryFile.unescaped("ends in\\") == "ends in\\")
        #expect(HistoryFile.unescaped("\\x") == "x")
        #expect(HistoryFile.entries(in: "a\n\n\nb") == ["a", "b"])
    }

    @Test func keepsTheNewestThousandAndNoRepeats() {
        let text = (1...1500).map { "entry \($0)\nentry \($0)\n" }.joined()
        let entries = HistoryFile.entries(in: text)
        #expect(entries.count == 1000)
        #expect(entries.first == "entry 501")
        #expect(entries.last == "entry 1500")
        #expect(HistoryFile.entries(in: "cut\nwhole\n", fromMiddle: true) == ["whole"])
    }

    @Test(arguments: [
        ("every day at 9 say hi", true),
        ("what is the status of the token rotation job?", true),
        ("remind me to change my password", true),
        ("check https://example.test/a:b", true),
        (" starts with a space", false),
        ("", false),
        ("previous", false),
        ("API_TOKEN=abc run x", false),
        ("set the password: hunter2", false),
        ("my secret is hunter2", false),
        ("use api-key \"k\"", true),
        ("API key = k", false),
        ("curl -H 'Authorization: Bearer abcdefgh12345'", false),
        ("check https://user:pw@example.test/", false),
        ("the key sk-abcdefgh1234", false),
        ("{\"client_secret\": \"x\"}", false),
    ])
    func decidesWhatIsKept(entry: String, isKept: Bool) {
        #expect(HistoryRules.keeps(entry, after: "previous") == isKept)
    }

    @Test func sharesAFileThatOnlyItsOwnerReads() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = HistoryFile(url: folder.appending(path: "state/history"))
        #expect(try file.load().isEmpty)

        var first = ChatHistory(file: file)
        var second = ChatHistory(file: file)
        #expect(first.load().isEmpty)
        #expect(first.add("one\nand more", answersQuestion: false) == ["one\nand more"])
        #expect(second.add("two", answersQuestion: false) == ["two"])
        #expect(first.add("token=x", answersQuestion: false).isEmpty)
        #expect(first.add("y", answersQuestion: true).isEmpty)
        #expect(second.add("two", answersQuestion: false).isEmpty)
        #expect(try file.load() == ["one\nand more", "two"])

        let mode = try FileManager.default.attributesOfItem(atPath: file.url.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func saysOnceThatAFileCannotBeUsed() {
        var history = ChatHistory(file: HistoryFile(url: URL(filePath: "/dev/null/history")))
        #expect(history.add("one", answersQuestion: false) == ["one"])
        #expect(history.takeWarning()?.contains("/dev/null/history") == true)
        #expect(history.add("two", answersQuestion: false) == ["two"])
        #expect(history.takeWarning() == nil)
    }
}
