import CLibedit
import Glibc
import Synchronization

/// Wakes the terminal's thread while it waits for a key or a reply: one byte a wake-up, a signal's number or 0.
final class WakePipe: Sendable {
    enum Event: Equatable, Sendable {
        /// Something is new: a message, a reply.
        case news
        /// The task that runs the chat was cancelled.
        case cancelled
        case signal(Int32)
    }

    private static let cancelledByte: UInt8 = 255

    let readEnd: Int32
    private let writeEnd: Int32

    /// Throws `TerminalError.noPipe` where the process has no descriptors left.
    init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .noPipe(errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        giveSignalsBack()
        close(readEnd)
        close(writeEnd)
    }

    func wake() { send(0) }
    func cancel() { send(WakePipe.cancelledByte) }

    /// From now on the terminal's signals come through this pipe.
    func takeSignals() { TerminalSignals.deliver(to: writeEnd) }

    /// The signals are again handled as before `takeSignals`.
    func giveSignalsBack() { TerminalSignals.stop(deliveringTo: writeEnd) }

    /// What has come since the last call, in order; does not wait.
    func events() -> [Event] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(readEnd, &bytes, bytes.count)
        guard count > 0 else { return [] }
        return bytes[..<count].map { byte in
            switch byte {
            case 0: .news
            case WakePipe.cancelledByte: .cancelled
            default: .signal(Int32(byte))
            }
        }
    }

    /// Waits for an event, at most `milliseconds`; false when the time is over.
    func wait(milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) != 0
    }

    /// A full pipe wakes its reader as well as one more byte would.
    private func send(_ byte: UInt8) {
        var byte = byte
        _ = Glibc.write(writeEnd, &byte, 1)
    }
}

/// The process's signal handlers while a terminal is open. Signals have no context of their own, hence the globals.
private enum TerminalSignals {
    private static let target = Atomic<Int32>(-1)
    private static let replaced = Mutex<[(number: Int32, action: sigaction)]>([])

    /// One terminal at a time: a second one is not served.
    static func deliver(to descriptor: Int32) {
        guard target.compareExchange(expected: -1, desired: descriptor, ordering: .acquiringAndReleasing).exchanged
        else { return }
        replaced.withLock { replaced in
            for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT] {
                var old = sigaction()
                if rota_signal_install(number, handler, &old) == 0 { replaced.append((number, old)) }
            }
        }
    }

    static func stop(deliveringTo descriptor: Int32) {
        guard target.load(ordering: .acquiring) == descriptor else { return }
        replaced.withLock { replaced in
            for (number, action) in replaced {
                var action = action
                rota_signal_restore(number, &action)
            }
            replaced = []
        }
        target.store(-1, ordering: .releasing)
    }

    /// Does what is allowed in a signal handler: one `write`.
    private static let handler: @convention(c) (Int32) -> Void = { number in
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = Glibc.write(TerminalSignals.target.load(ordering: .relaxed), &byte, 1)
        errno = saved
    }
}
