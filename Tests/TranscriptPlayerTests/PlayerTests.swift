import Foundation
import Testing

@testable import Commands
@testable import TranscriptPlayer

/// A player that cannot fail proves nothing: a transcript that holds, and the same one with a single line spoilt.
struct PlayerTests {
    static let good = """
        set clock 2026-03-27T08:55:00
        set tz Europe/Berlin
        > every weekday at 9 remind me to stand up
        ...
        < Job 1 "Stand up" is on.
        @ 09:00
        * 09:00:00 [1] stand up
        @ 09:30

        """

    @Test(arguments: [false, true])
    func acceptsWhatHappens(restarts: Bool) async throws {
        #expect(try await verdict(Self.good, restarts: restarts) == [])
    }

    @Test(arguments: [
        ("a reply that says something else", "< Job 1 \"Stand up\" is on.", "< Job 1 \"Sit down\" is on."),
        ("a reply that is missing", "< Job 1 \"Stand up\" is on.\n", ""),
        ("an outcome that no line names", "* 09:00:00 [1] stand up\n", ""),
        ("an outcome that never came", "@ 09:30\n", "@ 09:30\n* 09:30:00 [1] stand up\n"),
        ("another moment", "* 09:00:00", "* 09:00:01"),
        ("an unknown marker", "@ 09:30\n", "% 09:30\n"),
    ])
    func noticesASpoiltLine(what: String, line: String, spoilt: String) async throws {
        let text = Self.good.replacing(line, with: spoilt)
        #expect(text != Self.good)
        let withDots = what == "a reply that is missing" ? text.replacing("...\n", with: "< nothing else\n") : text
        #expect(try await !verdict(withDots, restarts: false).isEmpty, "\(what) passed")
    }

    @Test func blessWritesWhatCame() async throws {
        let folder = try TemporaryTalk(Self.good.replacing("* 09:00:00 [1] stand up\n", with: ""))
        defer { folder.remove() }
        let difference = try await folder.file.bless(includesIntents: false)
        #expect(difference == ["+ * 09:00:00 [1] stand up"])
        #expect(await folder.file.check(restarts: false).isEmpty)
    }

    private func verdict(_ text: String, restarts: Bool) async throws -> [String] {
        let folder = try TemporaryTalk(text)
        defer { folder.remove() }
        return await folder.file.check(restarts: restarts)
    }
}

struct TemporaryTalk {
    let folder: URL
    let file: TranscriptFile

    init(_ text: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "talk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "case.talk")
        try text.write(to: path, atomically: true, encoding: .utf8)
        file = TranscriptFile(path: path.path)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
