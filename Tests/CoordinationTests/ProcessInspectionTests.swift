import Foundation
import JobModel
import Testing

@testable import Coordination

@Suite struct ProcessInspectionTests {
    @Test(arguments: [
        ("7 (sh) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 99", ProcessStatus(state: "S", startTime: 4711)),
        ("7 (a b) c) (d)) Z 1 7 7 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 12 9", ProcessStatus(state: "Z", startTime: 12)),
        ("7 (sh) S 1 7", nil), ("", nil), ("7 sh S 1", nil),
    ])
    func readsAStatusLine(_ line: String, _ expected: ProcessStatus?) {
        #expect(ProcessStatus(line: line) == expected)
    }

    @Test func knowsThisProcess() throws {
        let current = try #require(ProcessInspection.current)
        #expect(current.pid == getpid() && current.startTime > 0)
        #expect(ProcessInspection.isAlive(current))
        #expect(!ProcessInspection.isAlive(ProcessIdentity(pid: getpid(), startTime: current.startTime + 1)))
        #expect(ProcessInspection.identity(of: 0) == nil && ProcessInspection.identity(of: -1) == nil)
        #expect(!ProcessInspection.killGroup(ProcessIdentity(pid: getpid(), startTime: current.startTime + 1)))
    }

    @Test func killsAGroupByItsIdentityOnly() throws {
        let child = try spawnGroup()
        let identity = try #require(ProcessInspection.identity(of: child))
        #expect(ProcessInspection.isAlive(identity))
        #expect(!ProcessInspection.killGroup(ProcessIdentity(pid: child, startTime: identity.startTime + 1)))
        #expect(ProcessInspection.isAlive(identity))
        #expect(ProcessInspection.killGroup(identity))
        var status: Int32 = 0
        var information = siginfo_t()
        waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT)
        #expect(!ProcessInspection.isAlive(identity))  // a zombie now
        #expect(ProcessInspection.identity(of: child) == identity)
        waitpid(child, &status, 0)
        #expect(status & 0x7F == SIGKILL)
        #expect(ProcessInspection.identity(of: child) == nil)
        #expect(!ProcessInspection.killGroup(identity))
    }

    /// A shell that leads a group of its own.
    private func spawnGroup() throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        let words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sleep"), strdup("600"), nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        try #require(posix_spawn(&pid, "/bin/sleep", nil, &attributes, words, environ) == 0)
        return pid
    }
}
