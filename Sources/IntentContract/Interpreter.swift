import Foundation
import JobModel

/// Turns a sentence into intents. Changes nothing, computes no time.
package protocol Interpreter: Sendable {
    /// `offline`, `recorded`, or `openai:NAME`.
    var name: String { get }
    func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation
}

/// What an interpreter may know about the person and the conversation.
package struct InterpretationContext: Sendable {
    package var now: Date
    /// The person's zone, an IANA name.
    package var zone: String
    package var jobs: [KnownJob]
    /// Names of gateways that are configured.
    package var gateways: [String]
    /// The last turns, earliest first: what was said and what was answered.
    package var turns: [Turn]

    package struct KnownJob: Hashable, Sendable {
        package var name: String
        package var schedule: String
        package init(name: String, schedule: String) {
            self.name = name
            self.schedule = schedule
        }
    }

    package struct Turn: Hashable, Sendable {
        package var said: String
        package var answered: String
        package init(said: String, answered: String) {
            self.said = said
            self.answered = answered
        }
    }

    package init(now: Date, zone: String, jobs: [KnownJob] = [], gateways: [String] = [], turns: [Turn] = []) {
        self.now = now
        self.zone = zone
        self.jobs = jobs
        self.gateways = gateways
        self.turns = turns
    }
}

/// How a sentence was read.
package struct Interpretation: Hashable, Sendable {
    package enum Certainty: String, Codable, Sendable {
        /// Every word was accounted for.
        case exact
        /// Something was skipped or corrected that could not be checked.
        case guess
        case none
    }

    /// Who read it; for a model that failed, `offline`.
    package var interpreter: String
    package var certainty: Certainty
    package var intents: [Intent]
    /// Asked instead of acting; nothing may be created while it is open.
    package var question: Question?
    /// For "not understood": a phrasing that would work. For a model that failed: why, in a sentence.
    package var remark: String?

    package init(
        interpreter: String, certainty: Certainty, intents: [Intent] = [], question: Question? = nil,
        remark: String? = nil
    ) {
        self.interpreter = interpreter
        self.certainty = certainty
        self.intents = intents
        self.question = question
        self.remark = remark
    }
}
