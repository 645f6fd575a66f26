import JobModel
import Synchronization

/// The records of one run on their way to the store, in the order in which they were handed over.
///
/// One request is under way at a time. What is handed over meanwhile goes with the next one, together: a disk is limited
/// by the number of requests. So a step's end and the starts of what it lets begin are one commit.
final class StepRecords: Sendable {
    /// Records that are kept together, or none of them. Compared by identity.
    final class Request: Sendable {
        fileprivate let outcome = Mutex<Result<Void, any Error>?>(nil)
    }

    private struct State {
        /// Handed over and not yet on their way.
        var waiting: [StepRun] = []
        /// The request that takes them along.
        var next: Request?
        var last: Request?
        var isBusy = false
        var sleepers: [CheckedContinuation<Void, Never>] = []
    }

    private enum Turn {
        case over(Result<Void, any Error>)
        case send([StepRun])
        case wait
    }

    private let record: PlaybookRunner.Recorder
    private let boundary: Boundary.Hook
    private let state = Mutex(State())

    init(_ record: @escaping PlaybookRunner.Recorder, boundary: @escaping Boundary.Hook) {
        self.record = record
        self.boundary = boundary
    }

    /// Nothing was handed over so far.
    var isUnused: Bool { state.withLock { $0.last == nil } }

    /// Hands `steps` over; they stay together. They are sent when somebody waits for the request, or for a later one.
    /// Without steps it is the last request.
    func add(_ steps: [StepRun]) -> Request {
        state.withLock { state in
            if steps.isEmpty, let last = state.last { return last }
            let request = state.next ?? Request()
            state.waiting += steps
            (state.next, state.last) = (request, request)
            return request
        }
    }

    /// Returns when the records of `request` are on the disk; throws where they could not be kept.
    func keep(_ request: Request) async throws {
        while true {
            switch turn(of: request) {
            case .over(let outcome): return try outcome.get()
            case .send(let steps): await send(steps, as: request)
            case .wait: await waitForTurn()
            }
        }
    }

    /// The same with nobody who waits. No child of the caller: what has happened is recorded although its run is stopped.
    func keepAside(_ request: Request) {
        Task { try? await keep(request) }
    }

    /// Returns when everything was sent, once.
    func finish() async {
        guard let last = state.withLock(\.last) else { return }
        try? await keep(last)
    }

    // MARK: Sending

    /// Whoever waits first sends. While nothing is under way, a request that is not over is the next one.
    private func turn(of request: Request) -> Turn {
        state.withLock { state in
            if let outcome = request.outcome.withLock(\.self) { return .over(outcome) }
            guard !state.isBusy else { return .wait }
            defer { (state.waiting, state.next, state.isBusy) = ([], nil, true) }
            return .send(state.waiting)
        }
    }

    private func send(_ steps: [StepRun], as request: Request) async {
        let outcome: Result<Void, any Error>
        do {
            if !steps.isEmpty { try await record(steps) }
            for step in steps where step.isEnd && step.state != .skipped { boundary(.afterExit) }
            outcome = .success(())
        } catch { outcome = .failure(error) }
        let sleepers = state.withLock { state in
            // Nothing that needs one of these may begin before they are kept: they go with whatever comes next.
            if case .failure = outcome { state.waiting.insert(contentsOf: steps.filter(\.isEnd), at: 0) }
            request.outcome.withLock { $0 = outcome }
            defer { (state.sleepers, state.isBusy) = ([], false) }
            return state.sleepers
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    private func waitForTurn() async {
        await withCheckedContinuation { continuation in
            let isBusy = state.withLock { state in
                if state.isBusy { state.sleepers.append(continuation) }
                return state.isBusy
            }
            if !isBusy { continuation.resume() }
        }
    }
}

extension StepRun {
    /// Over, or waiting for a moment: what follows depends on it.
    fileprivate var isEnd: Bool { state != .running || result?.waitsUntil != nil }
}
