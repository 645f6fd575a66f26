import Foundation
import JobModel
import Synchronization

/// `ROTA_CRASH_AT=after-claim:3` kills this process by SIGKILL when it passes that boundary for the third time: what a
/// crash leaves behind is tried out with it, exactly there.
enum CrashPoint {
    static func hook(_ environment: [String: String]) -> Boundary.Hook {
        guard let text = environment["ROTA_CRASH_AT"] else { return { _ in } }
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let boundary = parts.first.flatMap(Boundary.init), let count = Int(parts.last ?? "") else {
            return { _ in }
        }
        let passed = Mutex(0)
        return { place in
            guard place == boundary else { return }
            let isThere = passed.withLock { passed in
                passed += 1
                return passed == count
            }
            if isThere { kill(getpid(), SIGKILL) }
        }
    }
}
