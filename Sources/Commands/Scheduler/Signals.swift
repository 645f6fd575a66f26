import Coordination
import Dispatch
import Foundation
import JobModel

/// Signals beside the graceful stop, which is the service group's: SIGHUP, and the second signal of an impatient person.
final class Signals: Sendable {
    /// Dispatch sources may be used from any thread; the type is only not marked so.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

    /// - Parameters:
    ///   - lock: a process that lost it has no scripts to end any more.
    ///   - store: whose scripts a second SIGTERM or SIGINT ends with the process, at once.
    ///   - hangup: reads the configuration again.
    init(lock: SchedulerLock, store: String, hangup: @escaping @Sendable () -> Void) {
        let count = LockedBox(0)
        let queue = DispatchQueue(label: "signals")
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGTERM, SIGINT] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { @Sendable in
                count.set(count.value + 1)
                guard count.value > 1 else { return }
                if lock.isNamedLock { RunProcesses.kill(store: store) }
                _exit(128 + number)
            }
            sources.append(source)
        }
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: queue)
        source.setEventHandler { @Sendable in hangup() }
        sources.append(source)
        for source in sources { source.activate() }
        self.sources = sources
    }

    deinit { for source in sources { source.cancel() } }
}
