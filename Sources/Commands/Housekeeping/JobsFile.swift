import Foundation
import JobModel

/// Reads `jobs.json`: `[{"name","cron","action":"agent_workflow"|"script","payload":{"prompt"|"path","output"}}]`.
enum JobsFile {
    static func read(_ text: String) -> (entries: [ImportEntry], problems: [ImportProblem]) {
        var entries: [ImportEntry] = []
        var problems: [ImportProblem] = []
        switch JSONArrayScanner.elements(of: text) {
        case .failure(let problem): return ([], [problem])
        case .success(let elements):
            for element in elements {
                do {
                    entries.append(try entry(element))
                } catch {
                    problems.append(error)
                }
            }
        }
        return (entries, problems)
    }

    private static func entry(_ element: JSONArrayScanner.Element) throws(ImportProblem) -> ImportEntry {
        let line = element.line
        guard let row = try? JSONValue(parsing: element.text), row.object != nil else {
            throw ImportProblem(line: line, message: "this entry is no JSON object")
        }
        let name = try text(row, "name", line: line)
        let cron = try text(row, "cron", line: line)
        let kind = try text(row, "action", line: line)
        guard let payload = row["payload"], payload.object != nil else {
            throw ImportProblem(line: line, message: "\"\(name)\": \"payload\" is missing or no object")
        }
        let action: Action
        switch kind {
        case "script": action = .script(path: try text(payload, "path", line: line), arguments: [])
        case "agent_workflow": action = .prompt(text: try text(payload, "prompt", line: line), gather: [])
        default:
            throw ImportProblem(
                line: line, message: "\"\(name)\": the action \"\(kind)\" is neither \"agent_workflow\" nor \"script\"")
        }
        let output = payload["output"]?.string.map { [Recipient($0)] } ?? []
        return ImportEntry(line: line, name: name, cron: cron, action: action, deliver: output)
    }

    private static func text(_ value: JSONValue, _ key: String, line: Int) throws(ImportProblem) -> String {
        guard let text = value[key]?.string, !text.isEmpty else {
            throw ImportProblem(line: line, message: "\"\(key)\" is missing, empty or no text")
        }
        return text
    }
}

/// The elements of a JSON array with the lines where they begin, so that one broken entry does not cost the others.
enum JSONArrayScanner {
    struct Element: Hashable {
        var line: Int
        var text: String
    }

    static func elements(of text: String) -> Result<[Element], ImportProblem> {
        var scanner = Scanner()
        for character in text {
            if let problem = scanner.read(character) { return .failure(problem) }
        }
        if scanner.state == .before {
            return .failure(ImportProblem(line: 1, message: "the file is no JSON array: it begins with \"[\""))
        }
        guard scanner.state == .after else {
            return .failure(
                ImportProblem(
                    line: scanner.openedAt,
                    message: "the list is never closed: a bracket or a quote that opens here has no end"))
        }
        return .success(scanner.elements)
    }

    private struct Scanner {
        enum State { case before, inside, after }
        var state = State.before
        var elements: [Element] = []
        var openedAt = 1
        private var line = 1
        private var depth = 0
        private var inString = false
        private var escaped = false
        private var current = ""
        private var start = 1

        mutating func read(_ character: Character) -> ImportProblem? {
            defer { if character.isNewline { line += 1 } }
            switch state {
            case .before:
                if character == "[" {
                    state = .inside
                } else if !character.isWhitespace {
                    return ImportProblem(line: line, message: "the file is no JSON array: it begins with \"[\"")
                }
            case .after:
                if !character.isWhitespace {
                    return ImportProblem(line: line, message: "there is something behind the end of the list")
                }
            case .inside: readInside(character)
            }
            return nil
        }

        private mutating func readInside(_ character: Character) {
            if inString {
                current.append(character)
                if escaped {
                    escaped = false
                } else if character == "\\" {
                    escaped = true
                } else if character == "\"" {
                    inString = false
                }
                return
            }
            if depth == 0, character == "," || character == "]" {
                finishElement()
                if character == "]" { state = .after }
                return
            }
            if current.isEmpty {
                if character.isWhitespace { return }
                start = line
            }
            current.append(character)
            switch character {
            case "\"": inString = true
            case "{", "[":
                if depth == 0 { openedAt = line }
                depth += 1
            case "}", "]": depth -= 1
            default: break
            }
        }

        private mutating func finishElement() {
            if !current.isEmpty { elements.append(Element(line: start, text: current)) }
            current = ""
        }
    }
}
