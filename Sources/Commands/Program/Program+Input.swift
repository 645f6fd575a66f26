import Terminal

extension Program {
    /// The lines of standard input, or what a transcript pipes in.
    var pipedLines: AsyncStream<String> {
        guard stage != nil else { return PipedLines.read() }
        let lines = input ?? []
        return AsyncStream { continuation in
            for line in lines { continuation.yield(line) }
            continuation.finish()
        }
    }

    /// The same, as many lines at a time as have come together.
    var pipedBlocks: AsyncStream<[String]> {
        guard stage != nil else { return PipedLines.readBlocks() }
        let lines = input ?? []
        return AsyncStream { continuation in
            continuation.yield(lines)
            continuation.finish()
        }
    }
}
