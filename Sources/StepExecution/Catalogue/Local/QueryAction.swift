import Foundation
import JobModel
import Templates

/// `query`: rota's own history in SQL, read-only.
struct QueryAction: CatalogueAction {
    /// Seconds.
    private static let longest: TimeInterval = 10

    let history: (any HistoryReader)?

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        guard let history else { return StepResult(error: "there is no history that could be asked") }
        let sql = call.approvedText("sql") ?? ""
        guard !sql.contains("{{") else {
            return StepResult(error: "\"sql\" has a hole; put a ? there and the value into \"parameters\"")
        }
        let limit = Int(call.number("limit") ?? 100)
        guard (1...1000).contains(limit) else { return StepResult(error: "\"limit\" is from 1 to 1000 rows") }
        do throws(HistoryProblem) {
            let rows = try await history.rows(
                HistoryQuery(
                    sql: sql, parameters: call["parameters"]?.array ?? [], limit: limit,
                    timeLimit: min(context.timeout, Self.longest)))
            return Self.result(rows)
        } catch {
            return StepResult(error: ResultText.firstLine(error.message))
        }
    }

    private static func result(_ found: HistoryRows) -> StepResult {
        let objects = found.rows.map { row in
            JSONValue.object(Dictionary(zip(found.columns, row), uniquingKeysWith: { first, _ in first }))
        }
        let table = found.rows.isEmpty ? "no rows" : ReportTable(rows: objects, columns: found.columns).text(.text)
        let isSingle = found.rows.count == 1 && found.columns.count == 1
        let first = found.rows.first?.first ?? .null
        return StepResult(
            text: ResultText.clean(isSingle ? first.plainText : table),
            value: [
                "columns": .array(found.columns.map(JSONValue.string)), "rows": .array(objects),
                "count": .number(Double(objects.count)), "cut": .bool(found.isCut), "value": first,
            ])
    }
}
