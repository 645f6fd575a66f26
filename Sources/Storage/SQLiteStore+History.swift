import Foundation
import JobModel

extension SQLiteStore: HistoryReader {
    /// Runs on a thread of its own: a query may take as long as it is allowed to.
    package func rows(_ query: HistoryQuery) async throws(HistoryProblem) -> HistoryRows {
        let path = path
        let outcome = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(HistoryProblem) in
                        let deadline = Date(timeIntervalSinceNow: query.timeLimit)
                        return try HistoryConnection(path: path, deadline: deadline).rows(query)
                    })
            }
        }
        return try outcome.get()
    }
}
