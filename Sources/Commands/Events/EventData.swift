import Foundation
import JobModel

/// The data of an event as a command takes it: JSON, `@FILE`, or `-` for standard input.
enum EventData {
    /// Bytes that are read at all; blanks in the document may make it longer than what counts in the end.
    private static let longestText = 4 * Event.largestData

    static func read(_ text: String) async throws -> JSONValue {
        let document = try await document(text)
        do { return try JSONValue(parsing: document) } catch {
            throw CommandFailure("--data is no JSON document; {\"title\": \"Printer on fire\"} is one")
        }
    }

    /// An event that may be emitted, or the sentence that says what is wrong with it.
    static func event(_ name: String, data: String) async throws -> Event {
        let data = try await read(data)
        do throws(ExternalEventError) {
            return try Event.external(name: name, data: data, at: Program.current.now())
        } catch {
            throw CommandFailure(error.message)
        }
    }

    private static func document(_ text: String) async throws -> String {
        if text == "-" {
            var lines: [String] = []
            for await line in Program.current.pipedLines { lines.append(line) }
            return lines.joined(separator: "\n")
        }
        guard text.hasPrefix("@") else { return text }
        let path = String(text.dropFirst())
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("\(path) cannot be read; --data takes JSON, @FILE or -")
        }
        defer { try? file.close() }
        let content = try file.read(upToCount: longestText + 1) ?? Data()
        guard content.count <= longestText else {
            throw CommandFailure("\(path) is too large: an event takes \(Event.largestData / 1024) KiB")
        }
        return String(decoding: content, as: UTF8.self)
    }
}
