import JobModel

/// What a model is asked for, and how its answer is checked.
extension ContractLibrary {
    /// The schema of a whole answer: `{"intents": […], "question": null}`.
    ///
    /// The same contract always prints the same bytes, so that providers can cache it.
    package var answerSchema: JSONValue {
        let choices = documents.map(\.schema)
        return [
            "type": "object",
            "properties": [
                "intents": ["type": "array", "items": ["anyOf": .array(choices)]],
                "question": [
                    "type": ["string", "null"],
                    "description": "Asked instead of acting where the request leaves something open.",
                ],
            ],
            "required": ["intents", "question"],
            "additionalProperties": false,
        ]
    }

    /// What is wrong with one intent; a missing member counts as null, as the program itself writes intents.
    package func problems(in intent: Intent) -> [SchemaValidator.Problem] {
        guard let document = self[intent.name], let value = try? JSONValue(encoding: intent) else {
            return [SchemaValidator.Problem(pointer: "", message: "the intent has no schema")]
        }
        return SchemaValidator(schema: document.schema, missingIsNull: true).problems(in: value)
    }

    /// The rules of the language in short, with one example for each intent. Holds nothing that changes with time.
    package var instructions: String {
        var lines = Self.rules
        lines.append("")
        lines.append("The intents, each with an example (members that are null are left out here):")
        for document in documents {
            lines.append("- \(document.intent): \(document.summary)")
            guard let example = document.examples.first else { continue }
            let intents = example.intents.map { $0.withoutNulls.compactText }.joined(separator: ", ")
            lines.append("  \"\(example.text)\" -> [\(intents)]")
        }
        return lines.joined(separator: "\n")
    }

    private static let rules = [
        "You turn a person's request to a scheduling assistant into intents. You do not carry the request out.",
        "Answer with one JSON document: {\"intents\": [...], \"question\": null}. One request may hold several intents.",
        "",
        "Rules:",
        "- Time stays in the person's words: copy them into \"when\", \"until\" or \"span\" (\"every weekday at 9\").",
        "  Never compute a date, a time of day, a zone or a cron expression; the program does that.",
        "- Copy names, addresses, paths and the words of reminders exactly as they were typed.",
        "- A job's action: remind, tell, ping, notify or message a person is notify; summarise, write, draft, analyse,",
        "  generate, review, research or plan needs a model: prompt; a script file is script; a request to a URL is http;",
        "  a stored playbook or job that is named is playbook.",
        "- One action is create_job. More than one action in a row, or a condition (if, only when, unless, if it fails),",
        "  is create_playbook. What a prompt needs to read belongs to the prompt and is no step of its own.",
        "- A condition refers to an earlier step by its name, or to event: backup failed, not backup failed,",
        "  fetch.number < 20, fetch.status != 200, fetch contains \"delayed\", fetch changed, event.total > 500.",
        "- Send results to recipients in \"deliver\" (\"slack\", \"telegram/ops\"); leave it empty where none is named.",
        "- How a job behaves when things do not go to plan (retries, time limit, missed runs, priority ...) goes into",
        "  \"policies\"; what nobody said stays null.",
        "- Events are source.object.verb in lower case (github.issue.created); a job that fails is run.failed with event_job.",
        "- A job is named by the person's words without article; \"it\" stays \"it\".",
        "- Where a condition has nothing that could be measured, where the action or the job is unclear, or where a",
        "  schedule is asked for and none is said: no intents, and one short question in \"question\".",
        "- Never approve or reject anything. What is no request is chat.",
    ]
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
