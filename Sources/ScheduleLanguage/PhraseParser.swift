import CronExpressions
import Foundation
import JobModel

/// Reads words about time.
package struct PhraseParser: Sendable {
    package let context: PhraseContext

    package init(context: PhraseContext) {
        self.context = context
    }

    package func parse(_ phrase: String) -> PhraseReading {
        .failure(PhraseError(code: "no_schedule", message: "no schedule found"))
    }
    package func moment(_ words: String, dayStart: Bool) -> Result<Date, MomentProblem> {
        .failure(.failure(PhraseError(code: "no_schedule", message: "no schedule found")))
    }
    package func span(_ words: String) -> DateInterval? { nil }
    package func adjust(_ current: Schedule?, by phrase: String) -> PhraseReading { parse(phrase) }
}
package enum Tokenizer { package static func tokens(of text: String) -> [Token] { [] } }
package enum TimeScanner {
    package static func fragments(in text: String) -> [TimeFragment] { [] }
    package static func fragments(in tokens: [Token]) -> [TokenFragment] { [] }
}
