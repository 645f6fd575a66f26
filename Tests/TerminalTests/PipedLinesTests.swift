import Foundation
import Testing

@testable import Terminal

@Suite struct PipedLinesTests {
    @Test(
        arguments: [
            ("", []),
            ("one\ntwo\n", ["one", "two"]),
            ("one\ntwo", ["one", "two"]),
            ("\n\n", ["", ""]),
            ("dos\r\nlines\r\n", ["dos", "lines"]),
            ("\u{FEFF}marked\nnext", ["marked", "next"]),
            ("grüße 日本\n", ["grüße 日本"]),
            ("a\0b\n", ["a\u{FFFD}b"]),
        ] as [(String, [String])])
    func readsEveryLine(text: String, lines: [String]) async throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try pipe.fileHandleForWriting.close()
        var read: [String] = []
        for await line in PipedLines.read(descriptor: pipe.fileHandleForReading.fileDescriptor) { read.append(line) }
        #expect(read == lines)
    }

    @Test(arguments: [1, 2, 3, 7]) func joinsPieces(size: Int) {
        let bytes = Array("grüße 日本\nnext\nlast".utf8)
        var splitter = LineSplitter()
        var lines: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            lines += splitter.append(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(lines + splitter.finish() == ["grüße 日本", "next", "last"])
    }

    @Test func replacesBytesThatAreNoText() {
        var splitter = LineSplitter()
        #expect(splitter.append([0x61, 0xFF, 0x62, 0x0A]) == ["a\u{FFFD}b"])
    }
}
