import Foundation
import JobModel

/// Caps that are not money, and those that were met today.
extension CostReport {
    /// "Asked today: 3 of 5000 questions, 13.6k of 50.0M tokens.", and a line for each cap that was met.
    var limitLines: [String] {
        let counts = [
            caps.calls.day.map { "\(countsToday.calls) of \($0) questions" },
            caps.tokens.day.map { "\(Self.tokens(countsToday.tokens)) of \(Self.tokens($0)) tokens" },
        ].compactMap(\.self)
        let line = counts.isEmpty ? [] : ["Asked today: \(counts.joined(separator: ", "))."]
        return line
            + notices.map { notice in
                let job = notice.job.map { id in " for [\(id)] \(names[id] ?? "(deleted)")" } ?? ""
                return "Held back today\(job): \(notice.message)."
            }
    }

    /// Members of the row with the sums.
    var limitMembers: [String: JSONValue] {
        [
            "today_calls": .number(Double(countsToday.calls)), "today_tokens": .number(Double(countsToday.tokens)),
            "call_caps": Self.members(of: caps.calls), "token_caps": Self.members(of: caps.tokens),
            "held_back": .array(notices.map { .string($0.message) }),
        ]
    }

    private static func members(of caps: CountCaps) -> JSONValue {
        func number(_ count: Int?) -> JSONValue { count.map { .number(Double($0)) } ?? .null }
        return ["request": number(caps.request), "job": number(caps.job), "day": number(caps.day)]
    }
}
