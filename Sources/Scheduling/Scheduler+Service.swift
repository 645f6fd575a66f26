import Foundation
import JobModel
import ServiceLifecycle

/// The loop: sleeps until the next due moment or a wake, never polls.
extension Scheduler: Service {
    package func run() async throws {
        try await withGracefulShutdownHandler {
            try await takeCharge()
            await loop()
        } onGracefulShutdown: {
            Task { await self.stop() }  // the handler is synchronous; stopping is one message to the actor
        }
    }

    /// No new start from now on; `run()` returns when the runs under way have ended or their grace is over.
    package func stop() {
        isStopping = true
        wake()
    }

    private func loop() async {
        await withTaskGroup(of: Void.self) { runs in
            var waiting: [Run] = []
            var active = 0
            while !isStopping, !Task.isCancelled {
                waiting += await prepared()
                while active - finishedRuns < configuration.concurrency, !waiting.isEmpty {
                    let run = waiting.removeFirst()
                    active += 1
                    runs.addTask { await self.performCounted(run) }
                }
                await wakeSignal.wait(until: await nextLook(hasWaiting: !waiting.isEmpty), on: time)
            }
            await release(waiting)
            await drain(&runs)
        }
    }

    private func performCounted(_ run: Run) async {
        await perform(run)
        finishedRuns += 1
        wake()
    }

    private func prepared() async -> [Run] {
        do {
            let runs = try await prepare(at: time.now)
            storeTrouble = 0
            return runs
        } catch {
            storeTrouble += 1
            logger.error("the store cannot be used", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// With the store in trouble: 1 s, doubling up to a minute.
    private func nextLook(hasWaiting: Bool) async -> Date? {
        if storeTrouble > 0 { return time.now + min(60, pow(2, Double(storeTrouble - 1))) }
        do {
            return try await nextMoment()
        } catch {
            logger.error("the next moment cannot be read", metadata: ["error": "\(error)"])
            return time.now + 5
        }
    }

    /// Claimed but never begun: back to the queue, unpenalised.
    private func release(_ waiting: [Run]) async {
        for run in waiting {
            _ = try? await store.requeue(run: run.id, token: run.token, reason: "the scheduler was stopped")
            underWay[run.id] = nil
        }
    }

    private func drain(_ runs: inout TaskGroup<Void>) async {
        guard !underWay.isEmpty else { return }
        let deadline = time.now + configuration.grace
        while !underWay.isEmpty, time.now < deadline {
            await wakeSignal.wait(until: deadline, on: time)
        }
        runs.cancelAll()
        await runs.waitForAll()
    }
}
