import JobModel
import Templates

/// What a condition says of its subject, in one form for the many ways to say it: "not above 5" is "at most 5",
/// "does not fail" is "succeeds".
enum Claim: Hashable {
    case number(of: String, Condition.Comparison, Double)
    case failed(Bool)
    case contains(String, Bool)
    case changed(Bool)
    case empty(Bool)

    init(_ condition: Condition) {
        let holds = !condition.negated
        switch condition.test {
        case .failed: self = .failed(holds)
        case .succeeded: self = .failed(!holds)
        case .contains(let words): self = .contains(words.lowercased(), holds)
        case .changed: self = .changed(holds)
        case .empty: self = .empty(holds)
        case .number(let measure, let comparison, let value):
            let name = condition.field.map { "event.\($0)" } ?? measure.rawValue
            self = .number(of: name, holds ? comparison : comparison.opposite, value)
        }
    }

    /// `nil` where it is none.
    init?(parsing text: String) {
        guard let condition = try? Condition(parsing: text) else { return nil }
        self.init(condition)
    }

    var opposite: Claim {
        switch self {
        case .number(let name, let comparison, let value): .number(of: name, comparison.opposite, value)
        case .failed(let holds): .failed(!holds)
        case .contains(let words, let holds): .contains(words, !holds)
        case .changed(let holds): .changed(!holds)
        case .empty(let holds): .empty(!holds)
        }
    }

    /// Both speak of the same thing, and may say the contrary of it.
    func isAbout(_ other: Claim) -> Bool {
        switch (self, other) {
        case (.number(_, _, let one), .number(_, _, let two)): one == two
        case (.contains(let one, _), .contains(let two, _)): one == two
        case (.failed, .failed), (.changed, .changed), (.empty, .empty): true
        default: false
        }
    }

    /// The same is said; words do not always tell which number it is said of.
    func says(_ other: Claim) -> Bool {
        guard case .number(_, let one, let value) = self, case .number(_, let two, let limit) = other else {
            return self == other
        }
        return one == two && value == limit
    }

    /// The condition in the language of steps, said of another's subject.
    func text(on condition: Condition) -> String {
        var said = condition
        said.negated = false
        switch self {
        case .number(let name, let comparison, let value):
            var measure = Condition.Measure(rawValue: name) ?? .number
            if condition.field != nil { measure = .number }
            said.test = .number(measure, comparison, value)
        case .failed(let holds): said.test = holds ? .failed : .succeeded
        case .contains(let words, let holds): (said.test, said.negated) = (.contains(words), !holds)
        case .changed(let holds): (said.test, said.negated) = (.changed, !holds)
        case .empty(let holds): (said.test, said.negated) = (.empty, !holds)
        }
        return said.description
    }

    /// "below 20", "fails": for the question.
    var words: String {
        switch self {
        case .number(_, let comparison, let value):
            "\(comparison.words) \(Int(exactly: value).map(String.init) ?? String(value))"
        case .failed(let holds): holds ? "it fails" : "it does not fail"
        case .contains(let words, let holds): "\(holds ? "it contains" : "it does not contain") \"\(words)\""
        case .changed(let holds): holds ? "it changes" : "it does not change"
        case .empty(let holds): holds ? "it is empty" : "it is not empty"
        }
    }
}

extension Condition.Comparison {
    var opposite: Self {
        switch self {
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .equal: .notEqual
        case .notEqual: .equal
        case .greaterOrEqual: .less
        case .greater: .lessOrEqual
        }
    }

    fileprivate var words: String {
        switch self {
        case .less: "below"
        case .lessOrEqual: "at most"
        case .equal: "exactly"
        case .notEqual: "other than"
        case .greaterOrEqual: "at least"
        case .greater: "above"
        }
    }
}
