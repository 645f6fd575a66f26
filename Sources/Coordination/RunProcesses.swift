import Foundation

/// The processes of runs, found by the environment that scripts are started with: also those that left their process
/// group, and those that were started just before their scheduler died.
package enum RunProcesses {
    /// One attempt of a run: another owner may be at the next one.
    package struct Attempt: Hashable, Sendable {
        let run: Int64
        let number: Int

        package init(run: Int64, number: Int) {
            self.run = run
            self.number = number
        }

        fileprivate var variables: [String] { ["ROTA_RUN=\(run)", "ROTA_ATTEMPT=\(number)"] }
    }

    /// Kills them and what they start meanwhile; returns how many that were.
    ///
    /// - Parameter attempt: `nil` is every run of the store.
    @discardableResult
    package static func kill(store: String, attempt: Attempt? = nil) -> Int {
        let marks = ["ROTA_STORE=\(store)"] + (attempt?.variables ?? [])
        var killed: Set<Int32> = []
        for _ in 0..<10 {
            let found = find(with: marks).filter { !killed.contains($0) }
            if found.isEmpty { break }
            for pid in found where Glibc.kill(pid, SIGKILL) == 0 { killed.insert(pid) }
        }
        return killed.count
    }

    private static func find(with marks: [String]) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int32.init).filter { pid in
            guard pid != getpid(), pid > 1 else { return false }
            let environment = environment(of: pid)
            return marks.allSatisfy { mark in environment.contains { $0 == mark } }
                && ProcessInspection.identity(of: pid).map(ProcessInspection.isAlive) ?? false
        }
    }

    /// Empty for processes of other users, and for those that have ended.
    private static func environment(of pid: Int32) -> [Substring] {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\0")
    }
}
