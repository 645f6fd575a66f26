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
}
