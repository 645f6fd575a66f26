import FakeProviders
import JobModel
import ModelProviders
import Testing

/// However a reply is cut into pieces on its way, the answer is the same.
struct SplitTests {
    struct Recording: Sendable, CustomTestStringConvertible {
        var dialect: ProviderDialect
        var shape: String
        var mediaType: String
        var text: String

        var testDescription: String { "\(dialect.rawValue), \(shape)" }
    }

    /// Characters of one to four bytes, and what JSON escapes.
    private static let text = #"{"kind":"none","say":"Grüße, 東京 🕘 – \"so\"\n"}"#

    private static let answers: [(shape: String, answer: ProviderAnswer)] = [
        ("whole", ProviderAnswer(text)), ("refused", ProviderAnswer(text, fault: .refusal)),
        ("broken off", ProviderAnswer(text, fault: .truncated)),
        ("with an error", ProviderAnswer(text, fault: .errorInStream)),
        ("one document", ProviderAnswer(text, fault: .plainAnswer)),
    ]

    static let recordings: [Recording] = ProviderDialect.allCases.flatMap { dialect in
        answers.flatMap { shape, answer -> [Recording] in
            var request = ProviderRequest(dialect)
            request.model = "M"
            request.isStreamed = true
            let reply = ProviderReply(answer, to: request)
            let type = reply.headers[0].value.split(separator: ";")[0].lowercased()
            switch reply.body {
            case .stream(let frames):
                let text = frames.joined()
                let returned = text.replacing("\n", with: "\r\n")
                return [
                    Recording(dialect: dialect, shape: shape, mediaType: type, text: text),
                    Recording(dialect: dialect, shape: shape + ", CRLF", mediaType: type, text: returned),
                    // A connection may end without the last line end.
                    Recording(
                        dialect: dialect, shape: shape + ", bare end", mediaType: type,
                        text: String(text.trimmingSuffix { $0.isNewline })),
                ]
            case .document(let text):
                return [Recording(dialect: dialect, shape: shape, mediaType: type, text: text)]
            default: return []
            }
        }
    }

    @Test(arguments: recordings)
    func everySplitGivesTheSame(_ recording: Recording) {
        let bytes = Array(recording.text.utf8)
        let whole = Self.read([bytes], recording)
        for place in bytes.indices {
            let halves = Self.read([Array(bytes[..<place]), Array(bytes[place...])], recording)
            guard halves != whole else { continue }
            Issue.record("split at \(place): \(halves) instead of \(whole)")
            return
        }
        #expect(Self.read(bytes.map { [$0] }, recording) == whole)
    }

    /// The recordings say what they are meant to say, so that "the same" means something.
    @Test(arguments: recordings)
    func readsTheRecording(_ recording: Recording) {
        let result = Self.read([Array(recording.text.utf8)], recording)
        switch (recording.shape.split(separator: ",")[0], result) {
        case ("whole", .success(let answer)), ("one document", .success(let answer)):
            #expect(answer.text == Self.text)
            #expect(answer.inputTokens == 90)
        case ("refused", .failure(.model(.refused))), ("broken off", .failure(.model(.incomplete))),
            ("with an error", .failure(.complaint)):
            break
        // Ollama has no word for a refusal: it is text like any other.
        case ("refused", .success) where recording.dialect == .ollama: break
        default: Issue.record("\(result)")
        }
    }

    private static func read(
        _ pieces: [[UInt8]], _ recording: Recording
    ) -> Result<ModelAnswer, AnswerAssembly.Failure> {
        Result { () throws(AnswerAssembly.Failure) in
            var assembly = AnswerAssembly(recording.dialect.spoken, mediaType: recording.mediaType)
            for piece in pieces { try assembly.feed(piece) }
            return try assembly.finish()
        }
    }
}

extension String {
    /// Without the characters at its end that `matches` takes.
    fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, matches(last) { rest.removeLast() }
        return rest
    }
}
