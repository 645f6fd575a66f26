import Foundation
import PlaybookDocuments
import Testing

/// Every file of `Broken/` against `Broken/expected.txt`: all that is said, each with line and column.
struct BrokenFilesTests {
    @Test func eachBrokenFileIsToldWithItsPlace() throws {
        let folder = ReadingWorld.folder("Broken")
        let expected = try String(contentsOf: folder.appending(path: "expected.txt"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted()
        #expect(files.count >= 30)
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            let reading = ReadingWorld.read(text, PlaybookReading.Syntax(fileName: file))
            #expect(reading.hasErrors && reading.playbook == nil, "\(file) is taken for right")
            expect(
                reading.problems.map { $0.text(in: file) }, toBe: expected.filter { $0.hasPrefix("\(file):") },
                in: file)
        }
    }

    /// `…` at the end of an expected line stands for what the reader of expressions says.
    private func expect(_ lines: [String], toBe expected: [String], in file: String) {
        #expect(lines.count == expected.count, "\(file): \(lines)")
        for (line, expected) in zip(lines, expected) {
            if expected.hasSuffix("…") {
                #expect(line.hasPrefix(expected.dropLast()), "\(file)")
            } else {
                #expect(line == expected)
            }
        }
    }

    @Test func theBadPartIsUnderlined() throws {
        let text = "name: Prices\nsteps:\n  - {name: say, action: notfy, with: {text: \"hello\"}}\n"
        let problem = try #require(ReadingWorld.read(text).problems.first)
        #expect(
            CheckReport(file: "a.yaml", text: text).lines(problem) == [
                "a.yaml:3:25: there is no action \"notfy\"; did you mean \"notify\"?",
                "3 |   - {name: say, action: notfy, with: {text: \"hello\"}}",
                "  |                         ^^^^^",
            ])
    }
}
