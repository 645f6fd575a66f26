import ActionCatalogue
import Documents
import Foundation
import JobModel
import Testing

@testable import StepExecution

/// A page of the manual: an example of a step, and what it runs against.
///
/// | block | is |
/// |---|---|
/// | `yaml` | the steps; the first of them is carried out |
/// | `result NAME` | what an earlier step came to, JSON |
/// | `http` | a request line, the status, a blank line, the body |
/// | `file PATH` | a file that is there, its path below the home folder |
/// | `model` | what the model answers |
/// | `json` · `text` · `fails` | the value, the text, the error of the step |
struct ManualPage {
    struct Block {
        var kind: String
        var argument: String
        var content: String
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Documentation")
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "Actions").path)) ?? []
        return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }()

    let name: String
    let text: String
    let blocks: [Block]

    init(_ name: String) throws {
        self.name = name
        text = try String(contentsOf: Self.folder.appending(path: "Actions/\(name).md"), encoding: .utf8)
        var blocks: [Block] = []
        var open: Block?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    let words = line.dropFirst(3).split(separator: " ", maxSplits: 1).map(String.init)
                    open = Block(kind: words.first ?? "", argument: words.count > 1 ? words[1] : "", content: "")
                }
            } else {
                open?.content += line + "\n"
            }
        }
        self.blocks = blocks
    }

    func all(_ kind: String) -> [Block] { blocks.filter { $0.kind == kind } }

    /// The first step of the first example.
    func step() throws -> (name: String, call: ActionCall) {
        let example = try #require(all("yaml").first).content
        let document = try #require(try YAMLDocument.read(example))
        let step = try #require(document.list?.first ?? document).json
        return (
            try #require(step["name"]?.string),
            ActionCall(try #require(step["action"]?.string), step["with"]?.object ?? [:])
        )
    }

    func results() throws -> [String: StepResult] {
        try all("result").reduce(into: [:]) { results, block in
            let value = try JSONValue(parsing: block.content)
            results[block.argument] = StepResult(text: value["text"]?.string ?? value.plainText, value: value)
        }
    }

    func web() throws -> TableWeb {
        let answers = try all("http").map { block in
            let parts = block.content.components(separatedBy: "\n")
            let body = parts.drop { !$0.isEmpty }.dropFirst().joined(separator: "\n")
            let status = parts.count > 1 ? parts[1].split(separator: " ").compactMap { Int($0) }.first : nil
            return (
                parts[0], Result<WebAnswer, WebFailure>.success(WebAnswer(status: try #require(status), body: body))
            )
        }
        return TableWeb(Dictionary(answers, uniquingKeysWith: { $1 }))
    }

    func writeFiles(in workshop: Workshop) throws {
        for block in all("file") {
            let path = block.argument.hasPrefix("~/") ? String(block.argument.dropFirst(2)) : block.argument
            let full = "\(workshop.root)/\(path)"
            try FileManager.default.createDirectory(
                atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            // The last line's end belongs to the fence.
            try String(block.content.dropLast()).write(toFile: full, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: full)
        }
    }
}
