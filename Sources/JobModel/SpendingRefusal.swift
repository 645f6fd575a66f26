import Foundation

/// A cap stands in the way of a question; nothing was reserved.
package struct SpendingRefusal: Error, Hashable, Sendable {
    package enum Cap: String, Hashable, Sendable { case request, job, day }

    package enum Measure: String, Hashable, Sendable, CaseIterable { case dollars, calls, tokens }

    package let cap: Cap
    package let measure: Measure
    /// Micro-dollars, questions or tokens, as all three: the most that the question can take, what is spent and
    /// reserved, the cap.
    package let asked: Int64
    package let spent: Int64
    package let limit: Int64

    package init(_ cap: Cap, of measure: Measure = .dollars, asked: Int64, spent: Int64, limit: Int64) {
        self.cap = cap
        self.measure = measure
        self.asked = asked
        self.spent = spent
        self.limit = limit
    }

    /// A clause that can stand by itself: "the day's budget of $5.00 is used up ($5.00 so far)".
    package var message: String { measure == .dollars ? moneyMessage : countMessage }

    /// "the day's limit of 5000 questions to models is used up (5000 so far; budget.calls.day raises it)".
    private var countMessage: String {
        let span = ["request": "limit of one request", "job": "job's limit of a day", "day": "day's limit"]
        let what = measure == .calls ? "questions to models" : "tokens"
        let asks = measure == .tokens && spent < limit
        let state = asks ? "leaves no room for it" : "is used up"
        let need = asks ? ", and it could take \(asked)" : ""
        return "the \(span[cap.rawValue] ?? "limit"), \(limit) \(what), \(state) "
            + "(\(spent) so far\(need); budget.\(measure).\(cap) raises it)"
    }

    private var moneyMessage: String {
        let (limit, asked, spent) = (Dollars.text(limit), Dollars.text(asked), Dollars.text(spent))
        let state =
            self.spent < self.limit
            ? "leaves no room for it (\(spent) so far, and it could cost \(asked))" : "is used up (\(spent) so far)"
        switch cap {
        case .request: return "it could cost \(asked), more than the budget of \(limit) for one request"
        case .job: return "the job's budget of \(limit) a day \(state)"
        case .day: return "the day's budget of \(limit) \(state)"
        }
    }
}

/// That a cap was met in a day, as a person is told of it once.
package struct BudgetNotice: Hashable, Sendable {
    package let measure: SpendingRefusal.Measure
    package let cap: SpendingRefusal.Cap
    /// Whose cap it is; `nil` is everybody's.
    package let job: JobID?
    /// When the person's day began.
    package let day: Date
    /// As `SpendingRefusal.message`.
    package let message: String

    /// `nil` for the cap of a request: each is another.
    package init?(_ refusal: SpendingRefusal, of purpose: ModelPurpose, dayStart: Date) {
        guard refusal.cap != .request else { return nil }
        (measure, cap, day, message) = (refusal.measure, refusal.cap, dayStart, refusal.message)
        job = refusal.cap == .job ? purpose.job : nil
    }

    // MARK: As a store remembers it

    package static let prefix = "budget.told."

    /// One for each cap: another day takes its place.
    package var name: String {
        Self.prefix + "\(measure).\(cap)" + (job.map { ".\($0)" } ?? "")
    }

    /// Milliseconds of the day, a blank, the message.
    package var value: String { "\(Self.milliseconds(day)) \(message)" }

    /// What was remembered; `nil` where that is something else.
    package init?(name: String, value: String) {
        let parts = name.dropFirst(Self.prefix.count).split(separator: ".").map(String.init)
        guard name.hasPrefix(Self.prefix), (2...3).contains(parts.count),
            let measure = SpendingRefusal.Measure(rawValue: parts[0]),
            let cap = SpendingRefusal.Cap(rawValue: parts[1]), let blank = value.firstIndex(of: " "),
            let moment = Int64(value[..<blank])
        else { return nil }
        (self.measure, self.cap, job) = (measure, cap, parts.count == 3 ? JobID(parts[2]) : nil)
        day = Date(timeIntervalSince1970: Double(moment) / 1000)
        message = String(value[value.index(after: blank)...])
    }

    /// The same cap in the same day.
    package func isSame(as other: BudgetNotice) -> Bool {
        name == other.name && Self.milliseconds(day) == Self.milliseconds(other.day)
    }

    private static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded()) }
}
