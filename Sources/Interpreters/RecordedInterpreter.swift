import IntentContract

/// Answers from a table: what a test says that a sentence means.
package struct RecordedInterpreter: Interpreter {
    package let name = "recorded"
    private let table: [String: [Intent]]

    /// Sentences are looked up as they are, spaces at both ends apart.
    package init(_ table: [String: [Intent]]) {
        self.table = table
    }

    package func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
        let sentence = text.drop(while: \.isWhitespace)
        guard let intents = table[String(sentence)] ?? table[text] else {
            return Interpretation(interpreter: name, certainty: .none, remark: "Nothing is recorded for \"\(text)\".")
        }
        return Interpretation(interpreter: name, certainty: .exact, intents: intents)
    }
}
