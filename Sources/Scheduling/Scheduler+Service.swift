import Foundation
import JobModel
import ServiceLifecycle

/// The loop: sleeps until the next due moment or a wake, never polls.
extension Scheduler: Service {
    /// Throws `StoreError.superseded` when another process has become the owner, and what `takeCharge` throws.
    package func run() async throws {
        try await withGracefulShutdownHandler {
            if epoch == nil { try await takeCharge() }
            try await startUp()
            await loop()
        } onGracefulShutdown: {
            Task { await self.stop() }  // the handler is synchronous; stopping is one message to the actor
        }
        if let ending { throw ending }
    }

    /// No new start from now on; `run()` returns when the runs under way have ended or their grace is over.
    package func stop() {
        isStopping = true
        wake()
    }

    /// Another process is the owner by now: what still runs here is ended, and its outcome is not stored.
    package func stepDown() { end(with: .superseded) }

    private func end(with error: StoreError) {
        ending = ending ?? error
        isStopping = true
        for active in underWay.values { active.execution?.cancel() }
        wake()
    }

    private func loop() async {
        await withTaskGroup(of: Void.self) { runs in
            while !isStopping, !Task.isCancelled {
                looks.began(at: time.now)
                let started = await prepared()
                for run in started { runs.addTask { await self.perform(run) } }
                guard started.isEmpty else { continue }
                await wakeSignal.wait(until: await nextLook(), atMost: configuration.longestWait, on: time)
            }
            looks.ended()
            await drain(&runs)
        }
    }

    private func prepared() async -> [Run] {
        do {
            let runs = try await prepare(at: time.now)
            noteTrouble(nil)
            return runs
        } catch {
            noteTrouble(error)
            return []
        }
    }

    /// Says once that the store cannot be used, and once that it can again.
    func noteTrouble(_ error: (any Error)?) {
        switch error {
        case nil:
            if storeTrouble > 0 { hooks.trouble(nil) }
            storeTrouble = 0
        case StoreError.superseded?:
            stepDown()
        case StoreError.corrupt(let path, let detail)?:
            // Nothing that is written into a damaged file can be relied on.
            end(with: .corrupt(path: path, detail: detail))
        case let error?:
            storeTrouble += 1
            guard storeTrouble == 1 else { return }
            logger.error("the store cannot be used", metadata: ["error": "\(error)"])
            hooks.trouble(error as? StoreError ?? .unavailable(path: "the store", detail: "\(error)"))
        }
    }

    /// With the store in trouble: 1 s, doubling up to half a minute.
    private func nextLook() async -> Date? {
        let now = time.now
        looks.waits(for: nil, look: now, at: now)
        if storeTrouble > 0 { return now + min(30, pow(2, Double(storeTrouble - 1))) }
        let longest = configuration.longestWait.map { now + $0 }
        do {
            guard let next = try await nextMoment() else { return longest }
            // Due already, and nothing came of it: whatever it is, it is not looked at without a pause.
            let look = next <= now ? now + 1 : next
            looks.waits(for: next, look: look, at: now)
            return min(look, longest ?? .distantFuture)
        } catch {
            noteTrouble(error)
            return now + 1
        }
    }

    private func drain(_ runs: inout TaskGroup<Void>) async {
        let deadline = time.now + configuration.grace
        while !underWay.isEmpty, ending == nil, time.now < deadline {
            await wakeSignal.wait(until: deadline, on: time)
        }
        runs.cancelAll()
        await runs.waitForAll()
    }
}
