import Foundation
import IntentContract
import JobModel
import Schemas

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
    /// What unusual time words mean, by the words.
    let times: [String: String]
    let question: String?

    init(_ text: String, contract: ContractLibrary) throws(AnswerProblem) {
        let document = try AnswerDocument.read(text, schema: contract.answerSchema)
        do {
            intents = try (document["intents"] ?? .array([])).decoded(as: [Intent].self)
        } catch {
            throw AnswerProblem("the intents cannot be read: \(error)")
        }
        let pairs = (document["times"]?.array ?? []).compactMap { row in
            row["words"]?.string.flatMap { words in row["means"]?.string.map { (words.lowercased(), $0) } }
        }
        times = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        question = AnswerDocument.question(in: document)
    }
}

/// The planned steps of a playbook, checked in the same way.
struct StepsReply {
    let steps: [StepIntent]
    let question: String?

    init(_ text: String, contract: ContractLibrary) throws(AnswerProblem) {
        let document = try AnswerDocument.read(text, schema: contract.stepsSchema)
        do {
            steps = try (document["steps"] ?? .array([])).decoded(as: [StepIntent].self)
        } catch {
            throw AnswerProblem("the steps cannot be read: \(error)")
        }
        question = AnswerDocument.question(in: document)
        guard question != nil || !steps.isEmpty else { throw AnswerProblem("no steps and no question") }
        guard steps.count <= PromptTemplates.mostSteps else {
            throw AnswerProblem("\(steps.count) steps are more than \(PromptTemplates.mostSteps)")
        }
        guard Set(steps.map(\.name)).count == steps.count else { throw AnswerProblem("two steps have one name") }
    }
}

/// The JSON document in an answer.
enum AnswerDocument {
    static func read(_ text: String, schema: JSONValue) throws(AnswerProblem) -> JSONValue {
        let document = try document(text)
        // Providers that ignore the schema often leave out what is null.
        let validator = SchemaValidator(schema: schema, missingIsNull: true)
        let problems = validator.problems(in: document).prefix(3)
        guard problems.isEmpty else { throw AnswerProblem(problems.map(\.description).joined(separator: "; ")) }
        return document
    }

    static func question(in document: JSONValue) -> String? {
        let words = document["question"]?.string?.withoutControlCharacters(keepingNewlines: false)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return words.flatMap { $0.isEmpty ? nil : String($0.prefix(300)) }
    }

    /// With or without prose or a fence of backticks around it: the longest object that is one, from the first brace on.
    private static func document(_ text: String) throws(AnswerProblem) -> JSONValue {
        if let whole = try? JSONValue(parsing: text) { return whole }
        if let open = text.firstIndex(of: "{") {
            var rest = text[open...]
            for _ in 0..<mostEnds {
                guard let close = rest.lastIndex(of: "}") else { break }
                if let document = try? JSONValue(parsing: String(rest[...close])) { return document }
                rest = rest[..<close]
            }
        }
        throw AnswerProblem("the answer is not one JSON document")
    }

    /// Braces that prose behind the document may hold.
    private static let mostEnds = 20
}
