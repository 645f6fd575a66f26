import Conversation
import Foundation
import JobModel

/// `rota doctor --compact`. A rewrite blocks every other writer, so it is done only by whoever could be the scheduler.
struct StoreCompaction {
    let program: Program

    func run() async throws {
        let workplace = try await Workplace.open()
        guard let store = workplace.sqlite else { throw CommandFailure("There is no store file to compact here.") }
        let lock = try await workplace.acquireScheduler()
        defer { lock.release() }
        let freed = try await store.compact()
        program.output.answer(
            freed == 0
                ? "\(program.paths.store) is as small as it can be."
                : "\(program.paths.store): \(StatusReport.size(freed)) freed.")
    }
}
