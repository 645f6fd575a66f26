import Foundation
import JobModel

/// What the kernel says about other processes (proc(5)).
package enum ProcessInspection {
    /// The identity of the process with this number, also of one that has ended and was not waited for yet; `nil` when
    /// there is none.
    package static func identity(of pid: Int32) -> ProcessIdentity? {
        status(of: pid).map { ProcessIdentity(pid: pid, startTime: $0.startTime) }
    }

    package static var current: ProcessIdentity? { identity(of: getpid()) }

    /// The very process still runs. A zombie does not.
    package static func isAlive(_ process: ProcessIdentity) -> Bool {
        guard let status = status(of: process.pid), status.startTime == process.startTime else { return false }
        return !"ZX".contains(status.state)
    }

    /// The process is stopped by a signal (SIGSTOP, SIGTSTP) or a debugger.
    package static func isStopped(_ process: ProcessIdentity) -> Bool {
        guard let status = status(of: process.pid), status.startTime == process.startTime else { return false }
        return "Tt".contains(status.state)
    }

    /// Kills the process group that `process` leads, at once. False (and nothing is killed) when the number belongs to
    /// another process by now, or leads no group.
    @discardableResult
    package static func killGroup(_ process: ProcessIdentity) -> Bool {
        guard process.pid > 1, identity(of: process.pid) == process, getpgid(process.pid) == process.pid else {
            return false
        }
        return kill(-process.pid, SIGKILL) == 0
    }

    private static func status(of pid: Int32) -> ProcessStatus? {
        guard pid > 0, let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
        return ProcessStatus(line: String(decoding: data, as: UTF8.self))
    }
}

/// The two fields of `/proc/PID/stat` that matter here.
struct ProcessStatus: Equatable {
    /// Field 3: `R`, `S`, `Z`, …
    let state: Character
    /// Field 22, in clock ticks after boot.
    let startTime: UInt64

    init(state: Character, startTime: UInt64) {
        self.state = state
        self.startTime = startTime
    }

    /// The name of the program, field 2, may itself hold blanks and brackets: counting starts behind the last one.
    init?(line: String) {
        guard let bracket = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: bracket)...].split(separator: " ")
        guard fields.count > 19, let state = fields[0].first, let startTime = UInt64(fields[19]) else { return nil }
        self.init(state: state, startTime: startTime)
    }
}
