import Foundation
import JobModel
import Testing

@testable import IntentContract
import Schemas

@Suite("The contract: schema, examples and Swift types agree")
struct ContractTests {
    static let names = Intent.bodies.map { $0.intentName }
    static let library = try! ContractLibrary.embedded()

    @Test func holdsOneFileForEachIntent() throws {
        #expect(Self.library.documents.map(\.intent) == Self.names)
        #expect(Set(Self.names).count == 30)
    }

    @Test func embedsTheFilesOfTheFolder() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Intents").standardized
        let read = try ContractLibrary(folder: folder)
        #expect(read.documents == Self.library.documents)
    }

    @Test(arguments: names)
    func examplesSatisfyTheirSchema(_ name: String) throws {
        let document = try #require(Self.library[name])
        #expect(document.examples.count >= 3)
        #expect(!document.summary.isEmpty)
        for example in document.examples {
            #expect(!example.intents.isEmpty)
            for intent in example.intents {
                let schema = try #require(Self.library[intent["intent"]?.string ?? ""]).schema
                #expect(SchemaValidator(schema: schema).problems(in: intent) == [], "\(example.text)")
            }
        }
    }

    @Test(arguments: names)
    func examplesGoThroughTheSwiftTypeUnchanged(_ name: String) throws {
        for example in try #require(Self.library[name]).examples {
            for document in example.intents {
                let intent = try document.decoded(as: Intent.self)
                #expect(try JSONValue(encoding: intent).withoutNulls == document.withoutNulls, "\(example.text)")
                #expect(Self.library.problems(in: intent) == [])
            }
        }
    }

    /// The rules that every provider accepts.
    @Test(arguments: names)
    func schemasKeepToTheCommonSubset(_ name: String) throws {
        let schema = try #require(Self.library[name]).schema
        #expect(schema["properties"]?["intent"] == ["type": "string", "enum": [.string(name)]])
        #expect(Self.faults(of: schema, depth: 1) == [])
    }

    private static let keywords: Set<String> = [
        "type", "description", "enum", "properties", "required", "additionalProperties", "items", "anyOf",
    ]

    private static func faults(of schema: JSONValue, depth: Int) -> [String] {
        var faults = (schema.object ?? [:]).keys.filter { !keywords.contains($0) }.map { "keyword \($0)" }
        if let properties = schema["properties"]?.object {
            // The whole answer puts one level around each intent.
            if depth > 4 { faults.append("too deep") }
            if schema["additionalProperties"] != false { faults.append("open object") }
            let required = (schema["required"]?.array ?? []).compactMap(\.string)
            if Set(required) != Set(properties.keys) { faults.append("optional members") }
            faults += properties.values.flatMap { Self.faults(of: $0, depth: depth + 1) }
        }
        if let items = schema["items"] { faults += Self.faults(of: items, depth: depth) }
        faults += (schema["anyOf"]?.array ?? []).flatMap { Self.faults(of: $0, depth: depth) }
        return faults
    }

    @Test func writesTheSameBytesEachTime() throws {
        let again = try ContractLibrary.embedded()
        #expect(Self.library.answerSchema.compactText == again.answerSchema.compactText)
        #expect(Self.library.stepsSchema.compactText == again.stepsSchema.compactText)
    }

    @Test func acceptsAWholeAnswer() throws {
        let validator = SchemaValidator(schema: Self.library.answerSchema)
        let intents = Self.library.documents.flatMap(\.examples).flatMap(\.intents)
        let times: JSONValue = [["words": "at dawn", "means": "every day at 06:00"]]
        #expect(validator.problems(in: ["intents": .array(intents), "times": nil, "question": nil]) == [])
        #expect(validator.problems(in: ["intents": [], "times": times, "question": "Which page?"]) == [])
    }
}

@Suite("Contracts that cannot be used")
struct ContractErrorTests {
    private static func files() throws -> [String: [UInt8]] {
        let encoder = JSONEncoder()
        return try Dictionary(
            uniqueKeysWithValues: ContractTests.library.documents.map { ($0.intent, [UInt8](try encoder.encode($0))) })
    }

    @Test func missesAFile() throws {
        var files = try Self.files()
        files["undo"] = nil
        let error = #expect(throws: ContractError.self) { try ContractLibrary(files: files) }
        #expect(error == ContractError(file: "undo.json", reason: .missing))
    }

    @Test func refusesAStranger() throws {
        var files = try Self.files()
        files["sing"] = Array("{}".utf8)
        let error = #expect(throws: ContractError.self) { try ContractLibrary(files: files) }
        #expect(error?.reason == .unknownIntent)
    }

    @Test func refusesBrokenText() throws {
        var files = try Self.files()
        files["undo"] = Array("{".utf8)
        let error = #expect(throws: ContractError.self) { try ContractLibrary(files: files) }
        #expect(error?.file == "undo.json")
    }

    @Test func refusesAFileThatDescribesAnotherIntent() throws {
        var files = try Self.files()
        files["undo"] = files["redo"]
        let error = #expect(throws: ContractError.self) { try ContractLibrary(files: files) }
        #expect(error?.reason == .otherName("redo"))
    }

    @Test func needsAFolderThatExists() {
        #expect(throws: ContractError.self) { try ContractLibrary(folder: URL(filePath: "/nowhere/intents")) }
    }
}
