import Foundation
import Synchronization

/// Work on the cooperative pool that the terminal's thread waits for.
final class Turn<Value: Sendable>: Sendable {
    private enum State {
        case running(late: (@Sendable (Value) -> Void)?)
        case finished(Value)
    }

    private let state = Mutex(State.running(late: nil))
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Starts `work`; `finished` is called, on the pool, when its value is there.
    init(_ work: @escaping @Sendable () async -> Value, finished: @escaping @Sendable () -> Void) {
        // Detached: made on the terminal's actor, the work must not run there.
        let task = Task.detached {
            self.finish(await work())
            finished()
        }
        self.task.withLock { $0 = task }
    }

    var value: Value? {
        state.withLock { state in
            guard case .finished(let value) = state else { return nil }
            return value
        }
    }

    func cancel() { task.withLock { $0?.cancel() } }

    /// Has `late` called with the value when it comes; returns the value instead where it is there already.
    func abandon(_ late: @escaping @Sendable (Value) -> Void) -> Value? {
        state.withLock { state in
            if case .finished(let value) = state { return value }
            state = .running(late: late)
            return nil
        }
    }

    private func finish(_ value: Value) {
        let late = state.withLock { state -> (@Sendable (Value) -> Void)? in
            defer { state = .finished(value) }
            guard case .running(let late) = state else { return nil }
            return late
        }
        late?(value)
    }

    /// Blocks until the work is done, at most `seconds`; `nil` (and a cancelled task) when it takes longer.
    static func blocking(
        seconds: TimeInterval, _ work: @escaping @Sendable () async -> Value
    ) -> Value? {
        let done = DispatchSemaphore(value: 0)
        let turn = Turn(work) { done.signal() }
        _ = done.wait(timeout: .now() + seconds)
        turn.cancel()
        return turn.value
    }
}

/// Decides what waiting for a reply comes to. A value without a clock: it is told when its patience is over.
struct WaitingPolicy: Equatable {
    enum Action: Equatable {
        case goOn
        case showProgress
        /// Cancel the work and say so.
        case cancel
        /// Back to the prompt; the work ends when it ends.
        case abandon
        /// The program ends, by this signal (0: its task was cancelled).
        case stop(Int32)
    }

    private enum Phase { case quiet, shown, cancelling }
    private var phase = Phase.quiet

    /// Milliseconds until `patienceIsOver` is to be called; -1 is never.
    var patience: Int32 {
        switch phase {
        case .quiet: 300
        case .shown: -1
        case .cancelling: 2000
        }
    }

    mutating func patienceIsOver() -> Action {
        switch phase {
        case .quiet:
            phase = .shown
            return .showProgress
        case .shown: return .goOn
        case .cancelling: return .abandon
        }
    }

    mutating func received(_ event: WakePipe.Event) -> Action {
        switch event {
        case .news, .signal(SIGWINCH), .signal(SIGCONT): return .goOn
        case .cancelled: return .stop(0)
        case .signal(SIGINT):
            if phase == .cancelling { return .abandon }
            phase = .cancelling
            return .cancel
        case .signal(let number): return .stop(number)
        }
    }
}
