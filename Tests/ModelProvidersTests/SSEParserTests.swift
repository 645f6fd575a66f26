import ModelProviders
import Testing

@Suite struct SSEParserTests {
    /// Comments, all three line ends, several data lines, a character of four bytes, no blank line at the end.
    private static let recording = Array(
        ("\u{FEFF}: hello\n\ndata: {\"a\":\"ü🕘\"}\r\n\r\nevent: error\rdata:one\rdata:  two\r\rretry: 5\n\n"
            + "data\n\nid: 7\ndata: [DONE]").utf8)

    private static let expected = [
        ServerSentEvent(data: "{\"a\":\"ü🕘\"}"),
        ServerSentEvent(name: "error", data: "one\n two"),
        ServerSentEvent(data: ""),
        ServerSentEvent(data: "[DONE]"),
    ]

    private static func events(_ pieces: [ArraySlice<UInt8>]) -> [ServerSentEvent] {
        var parser = SSEParser()
        let events = pieces.flatMap { parser.feed($0) }
        return events + [parser.finish()].compactMap { $0 }
    }

    @Test func readsAWholeStream() {
        #expect(Self.events([Self.recording[...]]) == Self.expected)
    }

    @Test func everySplitInThreeGivesTheSame() {
        let bytes = Self.recording
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                guard Self.events(pieces) != Self.expected else { continue }
                Issue.record("split at \(first) and \(second)")
                return
            }
        }
    }

    @Test func byteByByteGivesTheSame() {
        #expect(Self.events(Self.recording.indices.map { Self.recording[$0...$0] }) == Self.expected)
    }

    @Test(arguments: ["", "\n\n\n", ": only a comment\n\n", "event: x\n\n", "id: 1\n"])
    func withoutDataThereIsNoEvent(_ text: String) {
        #expect(Self.events([Array(text.utf8)[...]]) == [])
    }

    @Test func isFreshAfterTheEnd() {
        var parser = SSEParser()
        #expect(parser.feed(Array("event: x\ndata: 1".utf8)) == [])
        #expect(parser.finish() == ServerSentEvent(name: "x", data: "1"))
        #expect(parser.feed(Array("data: 2\n\n".utf8)) == [ServerSentEvent(data: "2")])
        #expect(parser.finish() == nil)
    }
}
