import Foundation

/// The processes of runs, found by the environment that scripts are started with: also those that left their process
/// group, and those that were started just before their scheduler died.
package enum RunProcesses {
    /// Names the store in a script's environment.
    package static let storeVariable = "ROTA_STORE"
    package static let runVariable = "ROTA_RUN"

    /// Kills them and what they start meanwhile; returns how many that were.
    ///
    /// - Parameter runs: `nil` is every run of the store.
    @discardableResult
    package static func kill(store: String, runs: Set<Int64>?) -> Int {
        var killed: Set<Int32> = []
        for _ in 0..<10 {
            let found = find(store: store, runs: runs).filter { !killed.contains($0) }
            if found.isEmpty { break }
            for pid in found where Glibc.kill(pid, SIGKILL) == 0 { killed.insert(pid) }
        }
        return killed.count
    }

    private static func find(store: String, runs: Set<Int64>?) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int32.init).filter { pid in
            pid != getpid() && pid > 1 && isOf(store: store, runs: runs, environment: environment(of: pid))
                && ProcessInspection.identity(of: pid).map(ProcessInspection.isAlive) ?? false
        }
    }

    /// Empty for processes of other users, and for those that have ended.
    private static func environment(of pid: Int32) -> [Substring] {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\0")
    }

    private static func isOf(store: String, runs: Set<Int64>?, environment: [Substring]) -> Bool {
        guard environment.contains(where: { $0 == "\(storeVariable)=\(store)" }) else { return false }
        guard let runs else { return true }
        let prefix = "\(runVariable)="
        let run = environment.first { $0.hasPrefix(prefix) }.flatMap { Int64($0.dropFirst(prefix.count)) }
        return run.map(runs.contains) ?? false
    }
}
