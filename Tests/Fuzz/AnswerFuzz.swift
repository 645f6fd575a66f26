import JobModel
import ModelProviders

/// Any bytes as what a provider replies: the first chooses how it is read, the second where it is cut.
enum AnswerFuzz {
    private static let types = ["text/event-stream", "application/x-ndjson", "application/json"]

    static func run(_ bytes: [UInt8]) -> CInt {
        guard bytes.count > 2 else { return 0 }
        let dialects = ModelProvider.Dialect.allCases
        let choice = Int(bytes[0])
        let dialect = dialects[choice % dialects.count]
        let type = types[choice / dialects.count % types.count]
        let body = Array(bytes[2...])
        let place = Int(bytes[1]) * (body.count + 1) / 256
        let whole = read([body], dialect, type)
        promise(read([Array(body[..<place]), Array(body[place...])], dialect, type) == whole, "a split that matters")
        if body.count < 400 { promise(read(body.map { [$0] }, dialect, type) == whole, "single bytes that matter") }
        if case .success(let answer) = whole { promise(!answer.text.isEmpty, "an empty answer") }
        return 0
    }

    private static func read(
        _ pieces: [[UInt8]], _ dialect: ModelProvider.Dialect, _ type: String
    ) -> Result<ModelAnswer, AnswerAssembly.Failure> {
        Result { () throws(AnswerAssembly.Failure) in
            var assembly = AnswerAssembly(dialect, mediaType: type)
            for piece in pieces { try assembly.feed(piece) }
            return try assembly.finish()
        }
    }
}
