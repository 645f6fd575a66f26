import Foundation
import JobModel
import Logging
import Testing

@testable import Observation

/// One record as one line of JSON.
struct LogLineTests {
    private static let time = Date(timeIntervalSince1970: 1_772_442_000.25)

    private func line(_ message: String, _ metadata: Logger.Metadata = [:], label: String = "rota") -> String {
        LogLine(time: Self.time, level: .warning, label: label, message: message, metadata: metadata).text
    }

    @Test func membersComeInTheirOrder() {
        let text = line("run finished", ["state": "failed", "job": "Backup", "run": .stringConvertible(7)])
        #expect(
            text
                == #"{"time":"2026-03-02T09:00:00.250Z","level":"warning","label":"rota","message":"run finished","#
                + #""job":"Backup","run":7,"state":"failed"}"#)
    }

    @Test func valuesKeepTheirKinds() throws {
        let text = line(
            "x",
            [
                "yes": .stringConvertible(true), "count": .stringConvertible(Int64(5)),
                "seconds": .stringConvertible(0.123456), "list": .array(["a", .stringConvertible(1)]),
                "inner": .dictionary(["b": "c"]),
            ])
        let row = try JSONValue(parsing: text)
        #expect(row["yes"] == .bool(true) && row["count"] == .number(5) && row["seconds"] == .number(0.123))
        #expect(row["list"] == .array([.string("a"), .number(1)]))
        #expect(row["inner"] == ["b": "c"])
    }

    @Test(arguments: [
        "a\nb", "a\u{1B}[31mb\u{1B}[0m", "a\u{0}\u{7}b", "a\r\n{\"level\":\"info\"}", "\u{202E}ab", "\"\\",
    ])
    func noTextLeavesItsLine(_ hostile: String) throws {
        let text = line(hostile, ["k\n\u{1B}[2J": .string(hostile), "list": [.string(hostile)]], label: hostile)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        #expect(try JSONValue(parsing: text).object?.count == 6)
    }

    @Test func metadataReplacesNoMemberOfTheLine() throws {
        let row = try JSONValue(parsing: line("true", ["message": "false", "time": "never"]))
        #expect(row["message"] == "true" && row["metadata.message"] == "false" && row["metadata.time"] == "never")
    }

    @Test func aLongTextIsCut() {
        #expect(line(String(repeating: "x", count: 100_000)).count < LogLine.longestText + 200)
    }
}
