import Documents
import Foundation
import JobModel
import Testing

@testable import Registry

struct JobsDocumentTests {
    @Test func readsWhatOthersWrite() {
        let document = JobsDocument(
            """
            [
              {"name": "Clean", "cron": "0 3 * * *", "action": "script", "payload": {"path": "scripts/clean.sh"}},
              {"name": "Brief", "cron": "0 9 * * 1-5", "action": "agent_workflow",
               "payload": {"prompt": "summarise the news", "output": "telegram"}}
            ]
            """, syntax: .json)
        #expect(document.problems.isEmpty)
        #expect(document.strays.isEmpty)
        #expect(document.entries.map(\.name?.value) == ["Clean", "Brief"])
        #expect(document.entries.map(\.place.line) == [2, 3])
        #expect(document.entries[0].action.value.path == "scripts/clean.sh")
        #expect(document.entries[1].action.value == .prompt("summarise the news"))
        #expect(document.entries[1].deliver.map(\.value) == ["telegram"])
    }

    @Test func aBrokenEntryDoesNotCostTheOthers() {
        let document = JobsDocument(
            """
            [
              {"name": "Good", "cron": "0 3 * * *", "action": "script", "payload": {"path": "a.sh"}},
              {"name": "Bad" "cron": "0 3 * * *"},
              {"name": "Unknown", "cron": "0 3 * * *", "action": "dance", "payload": {}},
              {"name": "Also good", "cron": "@daily", "action": "script", "payload": {"path": "b.sh"}}
            ]
            """, syntax: .json)
        #expect(document.entries.map(\.name?.value) == ["Good", "Also good"])
        #expect(document.problems.map(\.place.line) == [3, 4])
        #expect(document.problems.last?.message.contains("dance") == true)
    }

    @Test(arguments: ["- ", "jobs:\n  - "])
    func readsTheSameInYAML(head: String) throws {
        let indent = String(repeating: " ", count: head.hasPrefix("jobs") ? 4 : 2)
        let lines = [
            "name: 012", "cron: \"0 9 * * *\"", "action: notify", "payload: {text: no}", "deliver: [telegram, log]",
            "policies:", "  retries: 3", "  timeout: 90",
        ]
        let yaml = head + lines.joined(separator: "\n" + indent) + "\n"
        let json = """
            [{"name": "012", "cron": "0 9 * * *", "action": "notify", "payload": {"text": "no"},
              "deliver": ["telegram", "log"], "policies": {"retries": 3, "timeout": 90}}]
            """
        let fromYAML = JobsDocument(yaml, syntax: .yaml)
        let fromJSON = JobsDocument(json, syntax: .json)
        #expect(fromYAML.problems.isEmpty)
        let entry = try #require(fromYAML.entries.first)
        #expect(entry.declaration == fromJSON.entries.first?.declaration)
        #expect(entry.policies.change == fromJSON.entries.first?.policies.change)
        #expect(entry.policies.change.retries == 3)
        #expect(entry.policies.change.timeout == "90")
    }

    struct Wrong: Sendable {
        var text: String
        var line: Int
        var says: String
        var syntax = JobsDocument.Syntax.json

        init(_ text: String, _ line: Int, _ says: String, _ syntax: JobsDocument.Syntax = .json) {
            (self.text, self.line, self.says, self.syntax) = (text, line, says, syntax)
        }
    }

    @Test(arguments: [
        Wrong("", 1, "the file is empty"),
        Wrong("{}", 1, "no list of jobs"),
        Wrong("null", 1, "no list of jobs"),
        Wrong("[\n1]", 2, "no object"),
        Wrong("\n", 1, "the file is empty", .yaml),
        Wrong("- name: A\n  cron: */5 * * * *\n", 2, "begins with * or @ needs quotes", .yaml),
        Wrong("- name: A\n  cron: @daily\n", 2, "begins with * or @ needs quotes", .yaml),
        Wrong("jobs: a\n", 1, "no list of jobs", .yaml),
        Wrong("- a\n---\n- b\n", 2, "document", .yaml),
        Wrong("[{\"name\": \"A\",\n\"action\": \"notify\",\n\"payload\": {\"text\": \"t\"}}]", 1, "nothing says when"),
        Wrong("[\(reminder("A", ",\n\"when\": \"every day at 9\""))]", 2, "keep one of them"),
        Wrong("[\(reminder("A", ",\n\"enabled\": \"no\""))]", 2, "true or false"),
        Wrong(
            "- name: A\n  cron: '@daily'\n  action: notify\n  payload: {text: t}\n  enabled: no\n", 5, "true or", .yaml),
        Wrong("[\(reminder("A", ",\n\"policies\": {\n\"retries\": \"many\"}"))]", 3, "\"retries\" takes a number"),
        Wrong("[\(reminder("A", ",\n\"policies\": 3"))]", 2, "no object"),
        Wrong("[\(reminder("A", ",\n\"deliver\": [1]"))]", 2, "\"deliver\" is empty or no text"),
        Wrong(
            "[{\"name\": \"A\", \"cron\": \"@daily\", \"action\": \"notify\",\n\"payload\": {}}]", 2,
            "\"text\" is missing"),
        Wrong("[{\"name\": \"A\", \"cron\": \"@daily\",\n\"action\": \"scirpt\"}]", 2, "did you mean \"script\"?"),
        Wrong(
            "[{\"cron\": \"@daily\", \"action\": \"notify\", \"payload\": {\"text\": \"t\"}}]", 1, "\"name\" is missing"
        ),
    ])
    func saysWhatIsWrongInWhichLine(_ wrong: Wrong) {
        let document = JobsDocument(wrong.text, syntax: wrong.syntax)
        #expect(document.entries.isEmpty)
        #expect(document.problems.map(\.place.line) == [wrong.line])
        #expect(document.problems.first?.message.contains(wrong.says) == true)
    }

    @Test(arguments: [
        (",\n\"timezon\": \"UTC\"", "did you mean \"timezone\"?"), (",\n\"policies\": {\"retrys\": 1}", "\"retries\"?"),
        (",\n\"whatever it takes\": 1", "there are action, "),
    ])
    func unknownKeysAreNamedWithTheNearest(more: String, says: String) {
        let document = JobsDocument("[\(reminder("A", more))]", syntax: .json)
        #expect(document.problems.isEmpty)
        #expect(document.strays.map(\.place.line) == [2])
        #expect(document.strays.first?.message.contains(says) == true)
    }

    @Test func theSchemaKnowsWhatTheReaderKnows() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Documentation/jobs.schema.json")
        let schema = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
        let entry = try #require(schema["$defs"]?["job"])
        #expect(Set(try #require(entry["properties"]?.object).keys) == Set(RegistryFormat.Key.allCases.map(\.rawValue)))
        let policies = try #require(schema["$defs"]?["policies"]?["properties"]?.object)
        #expect(Set(policies.keys) == Set(RegistryFormat.policyKeys))
        let words = entry["properties"]?["action"]?["enum"]?.array?.compactMap(\.string)
        #expect(Set(words ?? []) == Set(RegistryFormat.ActionWord.allCases.map(\.rawValue)))
        for word in RegistryFormat.ActionWord.allCases {
            let payload = try #require(schema["$defs"]?[word.rawValue])
            #expect(Set(payload["properties"]?.object.map { Array($0.keys) } ?? []) == Set(word.keys))
            #expect(payload["required"]?.array?.compactMap(\.string) == [word.subject])
        }
    }
}

private func reminder(_ name: String, _ more: String) -> String { reminder(name, cron: "0 9 * * *", more) }
