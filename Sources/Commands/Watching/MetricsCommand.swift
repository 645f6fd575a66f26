import ArgumentParser
import Coordination
import Foundation
import Observation

struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "What the scheduler has counted and measured, as Prometheus reads it.")

    func run() async throws {
        let program = Program.current
        guard let found = MetricsFile.read(program.paths.metrics) else {
            throw CommandFailure(
                "There are no metrics yet: a scheduler writes them while it runs. \"rota start\" starts one.")
        }
        program.output.answer(String(found.text.trimmingSuffix { $0.isNewline }))
        let age = max(0, Int(program.now().timeIntervalSince(found.at).rounded()))
        let isOwned = SchedulerLock(path: program.paths.ownerLock).holder != nil
        program.output.note("Written \(age) s ago\(isOwned ? "" : "; no scheduler is running now").")
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
        guard let last = lastIndex(where: { !predicate($0) }) else { return self[startIndex..<startIndex] }
        return self[...last]
    }
}
