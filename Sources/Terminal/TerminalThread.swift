import Foundation
import Synchronization

/// The one thread that touches the terminal: it runs an actor's jobs one after another and may block in them, which a
/// thread of the cooperative pool may not.
final class TerminalThread: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let changed = DispatchSemaphore(value: 0)

    init() {
        let thread = Thread { self.runJobs() }
        thread.name = "rota.terminal"
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        changed.signal()
    }

    /// Ends the thread after the jobs that it has. Nothing may be enqueued afterwards.
    func stop() {
        state.withLock { $0.isStopped = true }
        changed.signal()
    }

    private func runJobs() {
        while true {
            changed.wait()
            let (job, isStopped) = state.withLock { state in
                (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isStopped)
            }
            if let job {
                job.runSynchronously(on: asUnownedSerialExecutor())
            } else if isStopped {
                return
            }
        }
    }
}
