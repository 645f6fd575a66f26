import Foundation
import JobModel

/// Puts an answer together from the bytes of a successful reply, however they are cut into pieces.
///
/// After an error nothing more may be fed.
package struct AnswerAssembly {
    package enum Failure: Error, Hashable, Sendable {
        /// The server sent this instead of an answer.
        case complaint(JSONValue)
        case model(ModelError)
    }

    private let kind: AnswerFrames.Kind
    private var frames: AnswerFrames
    private var reader: any AnswerReader
    private let dialect: any Dialect
    /// A good piece has come.
    package private(set) var hasBegun = false

    /// - Parameter mediaType: what the server says that it sends, in lower case and without parameters.
    package init(_ dialect: ModelProvider.Dialect, mediaType: String?) {
        kind = AnswerFrames.Kind(mediaType: mediaType)
        frames = AnswerFrames(kind)
        self.dialect = dialect.implementation
        reader = self.dialect.makeReader()
    }

    package mutating func feed(_ piece: [UInt8]) throws(Failure) {
        for frame in frames.feed(piece) { try take(frame) }
    }

    /// The answer, when the reply has ended.
    package mutating func finish() throws(Failure) -> ModelAnswer {
        for frame in frames.finish() { try take(frame) }
        do throws(ModelError) {
            return try reader.finished()
        } catch {
            throw .model(error)
        }
    }

    private mutating func take(_ frame: ServerSentEvent) throws(Failure) {
        if kind == .events {
            guard !Self.isEnd(frame.data) else { return reader.close() }
            guard dialect.reads(event: frame.name) else {
                hasBegun = true
                return
            }
        }
        guard let document = try? JSONValue(parsing: frame.data), document.object != nil else {
            let problem =
                kind == .document
                ? "the answer is neither a stream nor JSON" : "a piece of the answer is no JSON object"
            throw .model(.malformed(problem))
        }
        guard reader.take(document) else { throw .complaint(document) }
        hasBegun = true
    }

    private static func isEnd(_ data: String) -> Bool {
        // Trimming copies, which long events are spared.
        data.utf8.count < 40 && data.trimmingCharacters(in: .whitespaces) == "[DONE]"
    }
}
