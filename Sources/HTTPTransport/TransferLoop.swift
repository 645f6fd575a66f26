import CLibcurl
import Foundation
import Synchronization

/// A pool of connections and the one thread that drives it. The thread starts with the first transfer.
///
/// A connection in the pool is used again without asking whether the next transfer may go there, so transfers of
/// different access never share a loop.
final class TransferLoop: Sendable {
    /// libcurl's handle of many transfers. Only `curl_multi_wakeup` may be called off the thread.
    private struct Handle: @unchecked Sendable {
        let multi: UnsafeMutableRawPointer
    }

    private enum Command: Sendable {
        case start(Transfer)
        case cancel(ObjectIdentifier)
        case stop
    }

    private struct State {
        var handle: Handle?
        var commands: [Command] = []
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Once for the process, before the first handle.
    private static let isInitialised: Bool = rota_curl_global_init() == CURLE_OK

    func start(_ transfer: Transfer) {
        if !enqueue(.start(transfer)) { transfer.end(.cancelled) }
    }

    /// Does nothing when the transfer has ended.
    func cancel(_ id: ObjectIdentifier) { _ = enqueue(.cancel(id)) }

    /// Ends the thread; transfers under way end as cancelled.
    func stop() {
        let isRunning = state.withLock { state in
            if state.handle == nil { state.isStopped = true }
            return state.handle != nil
        }
        if isRunning { _ = enqueue(.stop) }
    }

    /// False when the loop is over.
    private func enqueue(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isStopped else { return false }
            state.commands.append(command)
            if let handle = state.handle {
                rota_curl_multi_wakeup(handle.multi)
                return true
            }
            guard case .start = command, Self.isInitialised, let multi = rota_curl_multi_init() else { return false }
            let handle = Handle(multi: multi)
            state.handle = handle
            launch(handle)
            return true
        }
    }

    private func launch(_ handle: Handle) {
        let thread = Thread { self.run(handle) }
        thread.name = "http"
        thread.stackSize = 1 << 20
        thread.start()
    }

    // MARK: On the thread

    private func run(_ handle: Handle) {
        var active: [ObjectIdentifier: Transfer] = [:]
        while !handleCommands(handle.multi, &active) {
            var running: Int32 = 0
            rota_curl_multi_perform(handle.multi, &running)
            endFinished(handle.multi, &active)
            // Commands wake the poll; libcurl shortens it for its own deadlines.
            let wait: Int32 = active.isEmpty ? 86_400_000 : 60_000
            rota_curl_multi_poll(handle.multi, nil, 0, wait, nil)
        }
        close(handle, active)
    }

    /// True when the loop shall end.
    private func handleCommands(_ multi: UnsafeMutableRawPointer, _ active: inout [ObjectIdentifier: Transfer]) -> Bool
    {
        let commands = state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
        var shallStop = false
        for command in commands {
            switch command {
            case .start(let transfer): begin(transfer, multi, &active)
            case .cancel(let id): remove(id, multi, &active)?.end(.cancelled)
            case .stop: shallStop = true
            }
        }
        return shallStop
    }

    private func begin(
        _ transfer: Transfer, _ multi: UnsafeMutableRawPointer, _ active: inout [ObjectIdentifier: Transfer]
    ) {
        guard let easy = transfer.makeHandle(), rota_curl_multi_add_handle(multi, easy) == CURLM_OK else {
            return transfer.end(HTTPError(.invalidRequest, "there is no memory for the request"))
        }
        active[ObjectIdentifier(transfer)] = transfer
    }

    private func endFinished(_ multi: UnsafeMutableRawPointer, _ active: inout [ObjectIdentifier: Transfer]) {
        var left: Int32 = 0
        while let message = rota_curl_multi_info_read(multi, &left) {
            guard let easy = message.pointee.easy_handle, let client = rota_easy_private(easy) else { continue }
            // Read before the handle leaves, which frees the message.
            let result = rota_message_result(message)
            let transfer = Unmanaged<Transfer>.fromOpaque(client).takeUnretainedValue()
            remove(ObjectIdentifier(transfer), multi, &active)?.end(result)
        }
    }

    private func remove(
        _ id: ObjectIdentifier, _ multi: UnsafeMutableRawPointer, _ active: inout [ObjectIdentifier: Transfer]
    ) -> Transfer? {
        guard let transfer = active.removeValue(forKey: id) else { return nil }
        if let easy = transfer.makeHandle() { rota_curl_multi_remove_handle(multi, easy) }
        return transfer
    }

    private func close(_ handle: Handle, _ active: [ObjectIdentifier: Transfer]) {
        let late = state.withLock { state in
            state.isStopped = true
            state.handle = nil
            defer { state.commands = [] }
            return state.commands
        }
        for case .start(let transfer) in late { transfer.end(.cancelled) }
        for transfer in active.values {
            if let easy = transfer.makeHandle() { rota_curl_multi_remove_handle(handle.multi, easy) }
            transfer.end(.cancelled)
        }
        rota_curl_multi_cleanup(handle.multi)
    }
}
