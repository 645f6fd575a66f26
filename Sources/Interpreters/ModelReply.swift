import Foundation
import IntentContract
import JobModel

/// Why a model's answer is of no use; quoted to it in the one attempt at repair.
struct AnswerProblem: Error, Hashable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// A model's answer, checked against the contract: whatever a provider promises, nothing else gets through.
struct ModelReply {
    let intents: [Intent]
    let question: String?

    init(_ text: String, contract: ContractLibrary) throws(AnswerProblem) {
        let document = try Self.document(text)
        // Providers that ignore the schema often leave out what is null.
        let validator = SchemaValidator(schema: contract.answerSchema, missingIsNull: true)
        let problems = validator.problems(in: document).prefix(3)
        guard problems.isEmpty else { throw AnswerProblem(problems.map(\.description).joined(separator: "; ")) }
        do {
            intents = try (document["intents"] ?? .array([])).decoded(as: [Intent].self)
        } catch {
            throw AnswerProblem("the intents cannot be read: \(error)")
        }
        let asked = document["question"]?.string?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        question = asked.isEmpty ? nil : asked
    }

    /// The JSON document in the answer, with or without a fence of backticks around it.
    private static func document(_ text: String) throws(AnswerProblem) -> JSONValue {
        var body = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if body.hasPrefix("```") {
            body = body.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n")
            if let fence = body.range(of: "```", options: .backwards) { body = String(body[..<fence.lowerBound]) }
        }
        do {
            return try JSONValue(parsing: body)
        } catch {
            throw AnswerProblem("the answer is not one JSON document")
        }
    }
}

/// What a model is told beside its instructions: everything that changes stands here, so that those can be cached.
struct ModelInput {
    let text: String

    init(text: String, context: InterpretationContext) {
        var lines = ["Now: \(context.now.formatted(.iso8601)) (UTC). The person's time zone: \(context.zone)."]
        if !context.jobs.isEmpty {
            lines.append(
                "Jobs: " + context.jobs.prefix(50).map { "\($0.name) (\($0.schedule))" }.joined(separator: "; "))
        }
        if !context.gateways.isEmpty { lines.append("Gateways: " + context.gateways.joined(separator: ", ")) }
        for turn in context.turns.suffix(4) {
            lines.append(
                "Earlier the person said \(Self.quoted(turn.said)) and was answered \(Self.quoted(turn.answered)).")
        }
        lines.append("Request: \(Self.quoted(text))")
        self.text = lines.joined(separator: "\n")
    }

    static func repair(of input: String, answer: String, problem: String) -> String {
        """
        \(input)

        Your last answer was:
        \(answer.prefix(2000))

        It is not valid: \(problem)
        Answer again with one JSON document that follows the schema.
        """
    }

    /// As a JSON string: what people type cannot break out of its line.
    private static func quoted(_ text: String) -> String { JSONValue.string(text).compactText }
}
