import Foundation
import JobModel
import Templates

/// `read`: a file of an approved folder, as text or as JSON.
struct ReadAction: CatalogueAction {
    /// Bytes, whatever a step asks for.
    static let mostBytes = 1 << 20

    let places: FilePlaces

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        do throws(ActionProblem) {
            let approved = call.approvedText("path") ?? ""
            guard context.job.capabilities.reads.contains(approved) else {
                throw ActionProblem("reading \(approved) is not approved for this job")
            }
            let limit = Int(call.number("limit") ?? 65_536)
            guard (1...Self.mostBytes).contains(limit) else {
                throw ActionProblem("\"limit\" is from 1 to \(Self.mostBytes) bytes")
            }
            let place = try places.place(call.text("path") ?? "", approved: approved)
            let (bytes, size) = try await Self.content(of: place, limit: limit)
            return try call.text("as") == "json"
                ? Self.json(bytes, size: size, of: place) : Self.text(bytes, size: size, of: place)
        } catch {
            return StepResult(error: error.message)
        }
    }

    /// On another thread: a file system of another machine may keep the answer waiting.
    private static func content(of place: FilePlace, limit: Int) async throws(ActionProblem) -> ([UInt8], Int) {
        let outcome = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(ActionProblem) in try read(place, limit: limit) })
            }
        }
        return try outcome.get()
    }

    private static func read(_ place: FilePlace, limit: Int) throws(ActionProblem) -> ([UInt8], Int) {
        let parent = try FileWay.parent(of: place, makesFolders: false)
        defer { close(parent) }
        let descriptor = openat(
            parent, place.names[place.names.count - 1], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw ActionProblem("\(place.path) \(FileWay.reason())") }
        defer { close(descriptor) }
        let size = try FileWay.size(descriptor, place.path)
        var bytes = [UInt8](repeating: 0, count: min(size, limit))
        var filled = 0
        while filled < bytes.count {
            let count = bytes[filled...].withUnsafeMutableBytes {
                Foundation.read(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ActionProblem("\(place.path) cannot be read to its end") }
            if count == 0 { break }
            filled += count
        }
        return (Array(bytes[..<filled]), size)
    }

    private static func text(_ bytes: [UInt8], size: Int, of place: FilePlace) throws(ActionProblem) -> StepResult {
        let isCut = size > bytes.count
        var kept = BoundedBytes(limit: bytes.count)
        kept.append(bytes)
        // One more byte than fits marks it as cut, so that half a character at its end is left out.
        if isCut { kept.append([0]) }
        guard !bytes.contains(0), isCut || String(validating: bytes, as: UTF8.self) != nil else {
            throw ActionProblem("\(place.path) is no text")
        }
        let text = CleanText.clean(kept.text)
        return StepResult(
            text: ResultText.clean(text, isCut: isCut),
            value: ["text": .string(text), "size": .number(Double(size)), "cut": .bool(isCut)])
    }

    private static func json(_ bytes: [UInt8], size: Int, of place: FilePlace) throws(ActionProblem) -> StepResult {
        guard size <= bytes.count else {
            throw ActionProblem("\(place.path) has \(size) bytes, more than \"limit\" allows")
        }
        guard let text = String(validating: bytes, as: UTF8.self), let value = try? JSONValue(parsing: text) else {
            throw ActionProblem("\(place.path) is no JSON")
        }
        return StepResult(
            text: ResultText.clean(value.plainText),
            value: ["value": value, "size": .number(Double(size)), "cut": false])
    }
}
