import Foundation
import JobModel

/// Turns a sentence into intents. Changes nothing, computes no time.
package protocol Interpreter: Sendable {
    /// `offline`, `recorded`, or `openai:NAME`.
    var name: String { get }
    /// Tells an answer to an open question from a request of its own. Whatever reads requests, this is no model.
    var grammar: any Interpreter { get }
    func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation
}

extension Interpreter {
    package var grammar: any Interpreter { self }
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
    /// What the last runs came to, earliest first: a job's name and a word, never what it wrote.
    package var outcomes: [String]
    /// Settings that matter to what is meant ("outcomes go to slack").
    package var habits: [String]
    /// What the person said of hours and dates that could be either: `am`, `pm`; `day_first`, `month_first`.
    package var hourHabit: String?
    package var dateOrder: String?
    /// What "holidays" can mean; `nil` where nothing is configured at all.
    package var calendars: [HolidayCalendar]?

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

    package init(
        now: Date, zone: String, jobs: [KnownJob] = [], gateways: [String] = [], turns: [Turn] = [],
        outcomes: [String] = [], habits: [String] = []
    ) {
        self.now = now
        self.zone = zone
        self.jobs = jobs
        self.gateways = gateways
        self.turns = turns
        self.outcomes = outcomes
        self.habits = habits
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
    /// Where `question` asks which time is meant: the position of the intent whose time words the answer replaces.
    package var disputed: Int?
    /// Where `question` asks which reading is meant: the intents that each of its options stands for; else empty.
    package var readings: [[Intent]] = []
    /// It must not be acted upon without a yes: the model that should have read it is out, and this is a guess.
    package var needsConfirmation: Bool
    /// How the reading came about.
    package var basis: ReadingBasis?

    package init(
        interpreter: String, certainty: Certainty, intents: [Intent] = [], question: Question? = nil,
        remark: String? = nil, disputed: Int? = nil, needsConfirmation: Bool = false, basis: ReadingBasis? = nil
    ) {
        self.interpreter = interpreter
        self.certainty = certainty
        self.intents = intents
        self.question = question
        self.remark = remark
        self.disputed = disputed
        self.needsConfirmation = needsConfirmation
        self.basis = basis
    }
}

/// How a reading came about: for people who ask why, and for the record.
package struct ReadingBasis: Codable, Hashable, Sendable {
    package enum Strategy: String, Codable, Sendable {
        /// The grammar read it, and no model was asked.
        case grammar
        case model
        /// The model's second answer, after the first was sent back.
        case repaired
        /// The grammar read it, because the model gave no usable answer.
        case fallback
    }

    package var strategy: Strategy
    /// A clause that follows "because".
    package var reason: String
    /// Who answered; `nil` where no model did.
    package var model: String?
    /// Seconds that the models took.
    package var seconds: Double?
    package var inputTokens: Int?
    package var outputTokens: Int?

    package init(
        strategy: Strategy, reason: String, model: String? = nil, seconds: Double? = nil, inputTokens: Int? = nil,
        outputTokens: Int? = nil
    ) {
        self.strategy = strategy
        self.reason = reason
        self.model = model
        self.seconds = seconds
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }

    /// For people, as one sentence.
    package var sentence: String {
        let time = seconds.map { " in \(Int(($0 * 1000).rounded())) ms" } ?? ""
        let tokens = inputTokens.flatMap { input in outputTokens.map { " (\(input) + \($0) tokens)" } } ?? ""
        return switch strategy {
        case .grammar: "The built-in grammar read that, because \(reason)."
        case .model: "\(model ?? "The model") read that\(time)\(tokens), because \(reason)."
        case .repaired: "\(model ?? "The model") read that at the second attempt\(time)\(tokens), because \(reason)."
        case .fallback: "The built-in grammar read that\(time), because \(reason)."
        }
    }
}
