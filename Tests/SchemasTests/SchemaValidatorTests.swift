import IntentContract
import JobModel
import Testing

@testable import Schemas

@Suite("The schema validator")
struct SchemaValidatorTests {
    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "kind": ["type": "string", "enum": ["a", "b"]],
            "note": ["type": ["string", "null"]],
            "count": ["type": ["integer", "null"]],
            "list": ["type": "array", "items": ["type": "string"]],
        ],
        "required": ["kind", "note", "count", "list"],
        "additionalProperties": false,
    ]

    struct Example: Sendable {
        var json: String
        var problems: [String]
    }

    @Test(arguments: [
        Example(json: #"{"kind":"a","note":null,"count":null,"list":[]}"#, problems: []),
        Example(json: #"{"kind":"b","note":"x","count":3,"list":["y"]}"#, problems: []),
        Example(
            json: #"{"kind":"c","note":null,"count":null,"list":[]}"#, problems: [#"/kind: "c" is not one of "a", "b""#]
        ),
        Example(
            json: #"{"kind":"a","note":1,"count":null,"list":[]}"#,
            problems: ["/note: must be string or null, not number"]),
        Example(
            json: #"{"kind":"a","note":null,"count":1.5,"list":[]}"#,
            problems: ["/count: must be integer or null, not number"]),
        Example(
            json: #"{"kind":"a","note":null,"count":null,"list":["x",2]}"#,
            problems: ["/list/1: must be string, not number"]),
        Example(json: #"{"kind":"a","count":null,"list":[]}"#, problems: [#"/: the member "note" is missing"#]),
        Example(
            json: #"{"kind":"a","note":null,"count":null,"list":[],"a/b":1}"#,
            problems: ["/a~1b: there is no such member"]),
        Example(json: "[]", problems: ["/: must be object, not array"]),
    ])
    func finds(_ example: Example) throws {
        let found = SchemaValidator(schema: Self.schema).problems(in: try JSONValue(parsing: example.json))
        #expect(found.map(\.description) == example.problems)
    }

    @Test func takesMissingForNullOnRequest() throws {
        let document = try JSONValue(parsing: #"{"kind":"a","list":[]}"#)
        #expect(SchemaValidator(schema: Self.schema, missingIsNull: true).problems(in: document) == [])
        #expect(SchemaValidator(schema: Self.schema).problems(in: document).count == 2)
        let bare = SchemaValidator(schema: Self.schema, missingIsNull: true).problems(in: [:])
        #expect(bare.map(\.message) == [#"the member "kind" is missing"#, #"the member "list" is missing"#])
    }

    /// Of a choice the branch that the discriminator names is told.
    @Test func tellsTheProblemOfTheNamedBranch() throws {
        let validator = SchemaValidator(schema: try ContractLibrary.embedded().answerSchema, missingIsNull: true)
        let wrong = try JSONValue(
            parsing: #"{"intents":[{"intent":"pause_job","job":7,"all":null,"until":null}],"question":null}"#)
        #expect(validator.problems(in: wrong).map(\.description) == ["/intents/0/job: must be string, not number"])
        let unknown = try JSONValue(parsing: #"{"intents":[{"intent":"sing"}],"question":null}"#)
        #expect(validator.problems(in: unknown).first?.pointer == "/intents/0/intent")
    }
}
