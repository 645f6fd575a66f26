import Foundation
import IntentContract
import JobModel

/// Understands requests by a grammar over words: needs no model and no network, and always answers the same.
package struct OfflineInterpreter: Interpreter {
    package let name = "offline"

    package init() {}

    package func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
        read(text, jobs: context.jobs.map(\.name))
    }

    /// - Parameter jobs: names of the jobs and playbooks that are known; words for them are understood without these too.
    /// - Parameter trace: takes down how the sentence is read.
    package func read(_ text: String, jobs: [String] = [], trace: ReadingTrace? = nil) -> Interpretation {
        let sentence = text.trimmingCharacters(in: .whitespacesAndNewlines)
        trace?.addWords(of: sentence)
        let reader = SentenceReader(jobs: jobs, trace: trace)
        var reading = reader.read(sentence)
        if reading.intents.isEmpty || reading.isGuess || reading.question?.about == .missingMeasure,
            let mended = Mending.mended(sentence)
        {
            let second = reader.read(mended)
            // A reading that was a guess gives way to one that is none: "sumarise" is no errand.
            let isBetter = reading.intents.isEmpty ? reading.question == nil : !second.isGuess
            if isBetter || second.question == nil && !second.intents.isEmpty && reading.question != nil {
                trace?.add(.decided, "a slip of the keyboard is mended: \(mended)")
                reading = second
                reading.isGuess = true
            }
        }
        return interpretation(of: reading, sentence: sentence)
    }

    private func interpretation(of reading: SentenceReader.Reading, sentence: String) -> Interpretation {
        if reading.intents.isEmpty, reading.question == nil {
            return Interpretation(interpreter: name, certainty: .none, remark: Suggestion.remark(for: sentence))
        }
        let isGuess = reading.isGuess || reading.question != nil
        return Interpretation(
            interpreter: name, certainty: isGuess ? .guess : .exact, intents: reading.intents,
            question: reading.question)
    }
}
