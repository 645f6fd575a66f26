import Foundation
import Testing

@testable import Terminal

/// A program on the other side that waits for each answer gets it: lines are handed on as they come.
@Suite struct PipedBlocksTests {
    @Test func eachReadIsABlock() async throws {
        let pipe = Pipe()
        let writer = pipe.fileHandleForWriting
        var blocks = PipedLines.readBlocks(descriptor: pipe.fileHandleForReading.fileDescriptor).makeAsyncIterator()
        try writer.write(contentsOf: Data("one\ntwo\nth".utf8))
        #expect(await blocks.next() == ["one", "two"])
        try writer.write(contentsOf: Data("ree\n".utf8))
        #expect(await blocks.next() == ["three"])
        try writer.write(contentsOf: Data("\nfour".utf8))
        #expect(await blocks.next() == [""])
        try writer.close()
        #expect(await blocks.next() == ["four"])
        #expect(await blocks.next() == nil)
    }

    /// More than a pipe and a read hold, so that lines are cut by the reads.
    @Test func nothingIsLostBetweenBlocks() async throws {
        let pipe = Pipe()
        let lines = (0..<40_000).map { "line \($0)" }
        let text = Data(lines.joined(separator: "\n").utf8)
        let writer = pipe.fileHandleForWriting
        DispatchQueue.global().async {
            try? writer.write(contentsOf: text)
            try? writer.close()
        }
        var read: [[String]] = []
        for await block in PipedLines.readBlocks(descriptor: pipe.fileHandleForReading.fileDescriptor) {
            read.append(block)
        }
        #expect(read.count > 1)
        #expect(read.flatMap(\.self) == lines)
    }
}
