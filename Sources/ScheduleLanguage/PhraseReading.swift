import Foundation
import JobModel

/// What a phrase about time came to.
package enum PhraseReading: Hashable, Sendable {
    case schedule(Schedule)
    /// Something only the person can settle; nothing may be created while it is open.
    case question(Question)
    case failure(PhraseError)
}

/// Why words are no schedule.
package struct PhraseError: Error, Hashable, Sendable {
    /// A stable name, for programs.
    package var code: String
    /// One sentence for people.
    package var message: String
    /// The bad part, as offsets of Unicode scalars into the phrase.
    package var range: Range<Int>?

    package init(code: String, message: String, range: Range<Int>? = nil) {
        self.code = code
        self.message = message
        self.range = range
    }
}

/// Why words name no moment.
package enum MomentProblem: Error, Hashable, Sendable {
    case question(Question)
    case failure(PhraseError)
}
