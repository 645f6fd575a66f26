import Foundation
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
}
