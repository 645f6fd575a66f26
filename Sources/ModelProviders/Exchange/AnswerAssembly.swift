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
    /// A good piece has come.
    package private(set) var hasBegun = false

    /// - Parameter mediaType: what the server says that it sends, in lower case and without parameters.
    package init(_ dialect: ModelProvider.Dialect, mediaType: String?) {
        kind = AnswerFrames.Kind(mediaType: mediaType)
        frames = AnswerFrames(kind)
        reader = dialect.implementation.makeReader()
    }

    package mutating func feed(_ piece: [UInt8]) throws(Failure) {
        for text in frames.feed(piece) { try take(text) }
    }

    /// The answer, when the reply has ended.
    package mutating func finish() throws(Failure) -> ModelAnswer {
        for text in frames.finish() { try take(text) }
        do throws(ModelError) {
            return try reader.finished()
        } catch {
            throw .model(error)
        }
    }

    private mutating func take(_ text: String) throws(Failure) {
        if kind == .events, text.trimmingCharacters(in: .whitespaces) == "[DONE]" {
            reader.close()
            return
        }
        guard let document = try? JSONValue(parsing: text), document.object != nil else {
            let problem =
                kind == .document
                ? "the answer is neither a stream nor JSON" : "a piece of the answer is no JSON object"
            throw .model(.malformed(problem))
        }
        guard reader.take(document) else { throw .complaint(document) }
        hasBegun = true
    }
}
