import Foundation
import JobModel
import Testing

@testable import Scheduling

struct WakeSignalTests {
    @Test func keepsARingThatCameBeforeTheWait() async {
        let signal = WakeSignal()
        signal.ring()
        await signal.wait()
    }

    @Test func wakesAWaiter() async {
        let signal = WakeSignal()
        async let waiting: Void = signal.wait()
        signal.ring()
        await waiting
    }

    @Test func endsWhenItsTaskIsCancelled() async {
        let signal = WakeSignal()
        let waiter = Task { await signal.wait() }
        waiter.cancel()
        await waiter.value
        // The cancelled waiter took no ring away.
        signal.ring()
        await signal.wait()
    }

    @Test func aClockThatWasSetBackDelaysItNoLongerThanAsked() async {
        await WakeSignal().wait(until: .distantFuture, atMost: 60, on: ClockSetBack())
    }
}

/// Its wall clock never gets to where it was; seconds pass at once.
private struct ClockSetBack: TimeSource {
    let now = Date.distantPast
    func sleep(until deadline: Date) async throws { try await Task.sleep(for: .seconds(1_000_000)) }
    func sleep(for seconds: TimeInterval) async throws {}
}
