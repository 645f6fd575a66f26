import Foundation

/// Runs tasks one at a time on the thread that calls `run()`: what happens next is decided by the order in which it was
/// asked for, never by the machine. When `run()` returns, everything that could go on has gone on.
///
/// Not locked: tasks that prefer it, the actors they call, and its owner all stay on one thread.
final class SingleThread: TaskExecutor, @unchecked Sendable {
    private var queue: [UnownedJob] = []

    func enqueue(_ job: consuming ExecutorJob) {
        queue.append(UnownedJob(job))
    }

    func run() {
        let executor = asUnownedTaskExecutor()
        var index = 0
        while index < queue.count {
            let job = queue[index]
            index += 1
            job.runSynchronously(on: executor)
        }
        queue.removeAll(keepingCapacity: true)
    }

    /// Starts `body`; returns with it under way, at its first wait for something that only the world can bring.
    func start(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        let task = Task(executorPreference: self) { await body() }
        run()
        return task
    }

    /// What `body` comes to; it may not wait for the world.
    func value<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) throws -> T {
        let box = Box<T>()
        _ = start {
            do { box.result = .success(try await body()) } catch { box.result = .failure(error) }
        }
        guard let result = box.result else { preconditionFailure("it waits for the world") }
        return try result.get()
    }

    /// Written and read on the one thread.
    private final class Box<T: Sendable>: @unchecked Sendable {
        var result: Result<T, any Error>?
    }
}
