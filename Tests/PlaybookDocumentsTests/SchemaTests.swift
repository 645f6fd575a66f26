import Foundation
import JobModel
import PlaybookDocuments
import Schemas
import Testing

/// Documentation/playbook.schema.json is what the code says. `ROTA_WRITE_SCHEMA=1` writes it anew.
struct SchemaTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Documentation/playbook.schema.json")

    @Test func thePublishedSchemaIsThatOfTheCode() throws {
        let text = PlaybookSchema().text
        if ProcessInfo.processInfo.environment["ROTA_WRITE_SCHEMA"] != nil {
            try text.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
    }

    @Test func theSchemaKnowsWhatTheReaderKnows() throws {
        let schema = PlaybookSchema().value
        #expect(Set(schema["properties"]?.object?.keys.map(\.self) ?? []) == Set(names(PlaybookFormat.Key.self)))
        let step = try #require(schema["$defs"]?["step"]?["properties"]?.object)
        #expect(Set(step.keys) == Set(names(PlaybookFormat.StepKey.self)))
        let trigger = try #require(schema["$defs"]?["trigger"]?["properties"]?.object)
        #expect(Set(trigger.keys) == Set(names(PlaybookFormat.TriggerKey.self)))
        let input = try #require(schema["$defs"]?["input"]?["properties"]?.object)
        #expect(Set(input.keys) == Set(names(PlaybookFormat.InputKey.self)))
        for action in BuiltInAction.allCases {
            #expect(schema["$defs"]?["with.\(action.rawValue)"]?["properties"]?.object != nil)
        }
    }

    private func names<Key: RawRepresentable<String> & CaseIterable>(_ keys: Key.Type) -> [String] {
        keys.allCases.map(\.rawValue)
    }
}
