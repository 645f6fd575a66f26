import Foundation
import TestSupport
import Testing

@testable import Coordination

@Suite struct RunProcessesTests {
    private func start(_ environment: [String: String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sleep")
        process.arguments = ["60"]
        process.environment = environment
        try process.run()
        return process
    }

    @Test func endsTheAttemptsOfItsStoreAndNoOthers() throws {
        let store = "/nonexistent/\(UUID().uuidString)"
        let mine = try start(["ROTA_STORE": store, "ROTA_RUN": "7", "ROTA_ATTEMPT": "1"])
        let next = try start(["ROTA_STORE": store, "ROTA_RUN": "7", "ROTA_ATTEMPT": "2"])
        let other = try start(["ROTA_STORE": store + "x", "ROTA_RUN": "7", "ROTA_ATTEMPT": "1"])
        defer { other.terminate() }
        #expect(RunProcesses.kill(store: store, attempt: .init(run: 7, number: 1)) == 1)
        mine.waitUntilExit()
        #expect(mine.terminationStatus == SIGKILL && next.isRunning)
        #expect(RunProcesses.kill(store: store) == 1)
        next.waitUntilExit()
        #expect(other.isRunning)
    }
}
