import Foundation

/// Answers questions about what was: a store whose views anyone may read.
package protocol HistoryReader: Sendable {
    func rows(_ query: HistoryQuery) async throws(HistoryProblem) -> HistoryRows
}

/// One SELECT over the views `jobs`, `runs`, `deliveries` and `costs`.
package struct HistoryQuery: Hashable, Sendable {
    package var sql: String
    /// What its question marks stand for: texts, numbers, truths and null.
    package var parameters: [JSONValue]
    /// Rows.
    package var limit: Int
    /// Seconds.
    package var timeLimit: TimeInterval

    package init(sql: String, parameters: [JSONValue] = [], limit: Int = 100, timeLimit: TimeInterval = 5) {
        self.sql = sql
        self.parameters = parameters
        self.limit = limit
        self.timeLimit = timeLimit
    }
}

package struct HistoryRows: Hashable, Sendable {
    package var columns: [String]
    package var rows: [[JSONValue]]
    /// There are more.
    package var isCut: Bool

    package init(columns: [String], rows: [[JSONValue]], isCut: Bool) {
        self.columns = columns
        self.rows = rows
        self.isCut = isCut
    }
}

/// Why a query has no answer, in one clause.
package struct HistoryProblem: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
