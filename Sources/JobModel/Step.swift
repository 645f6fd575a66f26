import Foundation

/// One action of a job, with what it needs, when it is left out, and what happens where it fails.
package struct Step: Codable, Hashable, Sendable {
    /// Unique within the job; other steps refer to its result by it (`{{fetch.number}}`).
    package var name: String
    package var action: Action
    /// The step is skipped where this does not hold; `nil` always holds.
    package var condition: Condition?
    /// A condition as an expression over what is known then (`{{theirs.number}} < {{ours.number}} * 0.9`). The step is
    /// skipped where it does not hold; `nil` always holds. Both this and `condition` must hold.
    package var when: String?
    /// Names of the steps that it waits for; `nil` is the step before it, and none is no step at all.
    package var needs: [String]?
    /// An expression for a list: the action is carried out for each element, which is `{{item}}` then.
    package var forEach: String?
    package var onError: OnError
    /// Further attempts of this step alone, within the same attempt of the run.
    package var retry: RetryPolicy?
    /// Seconds; `nil` is the job's.
    package var timeout: TimeInterval?
    /// The step that takes back what this one did, where a later step fails with `onError == .compensate`.
    package var undoneBy: String?
    /// `skip`: left out where everything that it is given is as it was in the last run that succeeded; its result is
    /// that of then.
    package var unchanged: Unchanged?

    package enum Unchanged: String, Codable, Sendable, CaseIterable { case skip }

    package init(
        name: String, action: Action, condition: Condition? = nil, when: String? = nil, needs: [String]? = nil,
        forEach: String? = nil, onError: OnError = .stop, retry: RetryPolicy? = nil, timeout: TimeInterval? = nil,
        undoneBy: String? = nil, unchanged: Unchanged? = nil
    ) {
        self.name = name
        self.action = action
        self.condition = condition
        self.when = when
        self.needs = needs
        self.forEach = forEach
        self.onError = onError
        self.retry = retry
        self.timeout = timeout
        self.undoneBy = undoneBy
        self.unchanged = unchanged
    }

    /// It runs only under a condition.
    package var isConditional: Bool { condition != nil || when != nil }
}

/// What the failure of a step means for the run.
package enum OnError: Hashable, Sendable {
    /// The run has failed. Steps that need this one do not begin; those that do not are carried out.
    case stop
    /// The run goes on as if the step had succeeded, and says so in a note.
    case proceed
    /// The step of this name runs instead; the run has failed only where that one fails.
    case run(String)
    /// As `stop`; then the steps that succeeded are taken back by their `undoneBy`, the latest first.
    case compensate
}

/// `"stop"`, `"proceed"`, `"compensate"` or `{"run": "STEP"}`.
extension OnError: Codable {
    private enum CodingKeys: String, CodingKey { case run }
    private static let words: [String: OnError] = ["stop": .stop, "proceed": .proceed, "compensate": .compensate]

    package init(from decoder: any Decoder) throws {
        if let word = try? decoder.singleValueContainer().decode(String.self) {
            guard let known = Self.words[word] else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "\"\(word)\" is no way to go on"))
            }
            self = known
        } else {
            self = .run(try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .run))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        if case .run(let step) = self {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(step, forKey: .run)
        } else {
            var container = encoder.singleValueContainer()
            try container.encode(Self.words.first { $0.value == self }?.key ?? "stop")
        }
    }
}
