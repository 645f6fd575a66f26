import JobModel
import Schemas

/// What a model is asked for, and how its answer is checked.
extension ContractLibrary {
    /// The schema of a whole answer: `{"intents": […], "times": null, "question": null}`.
    ///
    /// The same contract always prints the same bytes, so that providers can cache it.
    package var answerSchema: JSONValue {
        Self.schema([
            "intents": ["type": "array", "items": ["anyOf": .array(documents.map(\.schema))]],
            "times": [
                "type": ["array", "null"], "items": Self.timeSchema,
                "description": "What unusual time words mean on the clock; null where they are plain.",
            ],
            "question": Self.questionSchema,
        ])
    }

    /// The schema of planned steps: `{"steps": […], "question": null}`.
    package var stepsSchema: JSONValue {
        let steps = self[CreatePlaybook.intentName]?.schema["properties"]?["steps"]
        return Self.schema(["steps": steps ?? ["type": "array"], "question": Self.questionSchema])
    }

    private static let timeSchema = schema([
        "words": ["type": "string", "description": "The person's words."],
        "means": ["type": "string", "description": "The same in plain words and figures: every weekday at 06:00."],
    ])

    private static let questionSchema: JSONValue = [
        "type": ["string", "null"],
        "description": "Asked instead of acting where the request leaves something open.",
    ]

    /// An object of these members, all of which must be there.
    private static func schema(_ members: [String: JSONValue]) -> JSONValue {
        [
            "type": "object", "properties": .object(members),
            "required": .array(members.keys.sorted().map(JSONValue.string)), "additionalProperties": false,
        ]
    }

    /// What is wrong with one intent; a missing member counts as null, as the program itself writes intents.
    package func problems(in intent: Intent) -> [SchemaValidator.Problem] {
        guard let document = self[intent.name], let value = try? JSONValue(encoding: intent) else {
            return [SchemaValidator.Problem(pointer: "", message: "the intent has no schema")]
        }
        return SchemaValidator(schema: document.schema, missingIsNull: true).problems(in: value)
    }
}

extension JSONValue {
    /// The document without members that are null: null and absent mean the same in the contract.
    package var withoutNulls: JSONValue {
        switch self {
        case .object(let members): .object(members.filter { !$0.value.isNull }.mapValues(\.withoutNulls))
        case .array(let elements): .array(elements.map(\.withoutNulls))
        default: self
        }
    }
}
