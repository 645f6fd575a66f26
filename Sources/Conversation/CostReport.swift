import CronExpressions
import Foundation
import JobModel
import Planning

/// What models cost by day and job, and what is left of today's budget.
struct CostReport {
    /// One job in one day, or the conversation in one day.
    struct Entry: Hashable {
        /// When the person's day began.
        let day: Date
        /// `nil` is the conversation.
        let job: JobID?
        var questions = 0
        var usage = ModelUsage.none
    }

    /// Latest day first, within a day the conversation and then jobs by number.
    private(set) var entries: [Entry] = []
    private(set) var total: Entry
    /// Micro-dollars.
    private(set) var today: Int64 = 0
    private(set) var countsToday = SpendingTally.none
    /// Caps that were met today.
    var notices: [BudgetNotice] = []
    let days: Int
    let names: [JobID: String]
    let caps: SpendingCaps
    private let zone: ZoneRules
    private let now: Date

    init(
        _ spending: [ModelSpending], days: Int, names: [JobID: String], caps: SpendingCaps, zone: ZoneRules, now: Date
    ) {
        (self.days, self.names, self.caps, self.zone, self.now) = (days, names, caps, zone, now)
        let thisDay = SpendingDay.start(of: now, in: zone)
        total = Entry(day: thisDay, job: nil)
        var found: [Entry: Entry] = [:]
        for row in spending where row.state != .released {
            let key = Entry(day: SpendingDay.start(of: row.at, in: zone), job: row.purpose.job)
            found[key, default: key].add(row)
            total.add(row)
            if row.at >= thisDay { today += row.usage.cost }
        }
        countsToday = SpendingTally(spending.filter { $0.at >= thisDay })
        entries = found.values.sorted { ($1.day, $0.job ?? 0) < ($0.day, $1.job ?? 0) }
    }
}

extension CostReport.Entry {
    fileprivate mutating func add(_ row: ModelSpending) {
        questions += 1
        usage.inputTokens += row.usage.inputTokens
        usage.cachedTokens += row.usage.cachedTokens
        usage.outputTokens += row.usage.outputTokens
        usage.cost += row.usage.cost
        usage.isEstimated = usage.isEstimated || row.usage.isEstimated
    }
}

// MARK: Lines

extension CostReport {
    var lines: [String] {
        guard !entries.isEmpty else { return ["No model was asked \(span).", budget] + limitLines }
        let text = OccurrenceText(zone: zone.identifier)
        var cells = entries.map { entry in Self.cells(text.day(entry.day, now: now), who(entry.job), entry) }
        cells.append(Self.cells("In all", "", total))
        var lines = ["What models cost \(span):"] + Self.aligned(cells) + [budget] + limitLines
        if total.usage.isEstimated {
            lines.append("~ holds what no provider has told: it is counted as the most that it can be.")
        }
        return lines
    }

    private var span: String { days == 1 ? "today" : "in the last \(days) days" }

    private func who(_ job: JobID?) -> String {
        guard let job else { return "conversation" }
        return names[job].map { "[\(job)] \($0)" } ?? "[\(job)] (deleted)"
    }

    private static func cells(_ day: String, _ who: String, _ entry: Entry) -> [String] {
        let usage = entry.usage
        return [
            day, who, "\(entry.questions) \(entry.questions == 1 ? "question" : "questions")",
            "\(tokens(usage.inputTokens)) in", "\(tokens(usage.outputTokens)) out",
            (usage.isEstimated ? "~" : "") + Dollars.text(usage.cost),
        ]
    }

    /// "840", "12.3k", "1.2M" tokens.
    static func tokens(_ count: Int) -> String {
        if count < 1000 { return "\(count)" }
        let (size, unit) = count < 999_950 ? (1000.0, "k") : (1_000_000.0, "M")
        return String(format: "%.1f", Double(count) / size) + unit
    }

    /// Words to the left, figures to the right.
    private static func aligned(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let gap = String(repeating: " ", count: widths[column] - cell.count)
                return column < 2 ? cell + gap : gap + cell
            }
            return "  " + cells.joined(separator: "  ")
        }
    }

    private var budget: String {
        let question = caps.request.map { "\(Dollars.text($0)) a question" }
        let job = caps.job.map { "\(Dollars.text($0)) a job and day" }
        let most = [question, job].compactMap(\.self)
        let limits = most.isEmpty ? "" : " At most \(most.joined(separator: ", "))."
        guard let day = caps.day else { return "Today: \(Dollars.text(today)), without a cap.\(limits)" }
        let left = Dollars.text(max(0, day - today))
        return "Today: \(Dollars.text(today)) of \(Dollars.text(day)), \(left) left.\(limits)"
    }
}

// MARK: Rows

extension CostReport {
    var rows: [JSONValue] { entries.map(row) + [summary] }

    private func row(_ entry: Entry) -> JSONValue {
        let local = zone.localComponents(at: entry.day)
        var members = Self.members(of: entry)
        members["type"] = "cost"
        members["day"] = .string(String(format: "%04d-%02d-%02d", local.year, local.month, local.day))
        members["job"] = .null
        if let job = entry.job {
            members["job"] = ["id": .number(Double(job)), "name": names[job].map(JSONValue.string) ?? .null]
        }
        return .object(members)
    }

    private var summary: JSONValue {
        var members = Self.members(of: total)
        members["type"] = "costs"
        members["days"] = .number(Double(days))
        members["today"] = Self.dollars(today)
        members["left"] = caps.day.map { Self.dollars(max(0, $0 - today)) } ?? .null
        members["caps"] = [
            "request": caps.request.map(Self.dollars) ?? .null, "job": caps.job.map(Self.dollars) ?? .null,
            "day": caps.day.map(Self.dollars) ?? .null,
        ]
        members.merge(limitMembers) { $1 }
        return .object(members)
    }

    private static func members(of entry: Entry) -> [String: JSONValue] {
        [
            "v": 1, "questions": .number(Double(entry.questions)),
            "input_tokens": .number(Double(entry.usage.inputTokens)),
            "cached_tokens": .number(Double(entry.usage.cachedTokens)),
            "output_tokens": .number(Double(entry.usage.outputTokens)), "dollars": dollars(entry.usage.cost),
            "estimated": .bool(entry.usage.isEstimated),
        ]
    }

    private static func dollars(_ micro: Int64) -> JSONValue { .number(Double(micro) / 1_000_000) }
}
