import Foundation
import JobModel
import Synchronization

/// Who owns the scheduler of a store: whoever holds the lock on one file.
///
/// The kernel frees the lock with the process, however that ends; nothing needs to be renewed while idle.
package final class SchedulerLock: Sendable {
    package let path: String
    private let descriptor = Mutex<Int32?>(nil)

    package init(path: String) { self.path = path }

    deinit { release() }

    package var isHeld: Bool { descriptor.withLock { $0 != nil } }

    /// Takes the lock if nobody has it. True also when it is held by this value already.
    package func tryAcquire() throws(CoordinationError) -> Bool {
        if isHeld { return true }
        while true {
            let file = try open()
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
                close(file)
                return false
            }
            if keep(file) { return true }
        }
    }

    /// Waits as a standby until the lock is this value's. A thread of its own is blocked meanwhile, so that waiting
    /// costs no wake-ups. Throws `CancellationError`.
    package func acquire() async throws {
        if isHeld { return }
        let wait = StandbyWait()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard wait.start(continuation) else { return }
                let thread = Thread { @Sendable in self.block(for: wait) }
                thread.name = "standby"
                thread.stackSize = 128 << 10
                thread.start()
            }
        } onCancel: {
            wait.end(with: .failure(CancellationError()))
        }
    }

    /// Frees the lock; a standby gets it at once.
    package func release() {
        descriptor.withLock { descriptor in
            guard let file = descriptor else { return }
            ftruncate(file, 0)
            Self.unlock(file)
            descriptor = nil
        }
    }

    /// The process that holds the lock, as it wrote into the file; `nil` when that process is gone or let go.
    package var holder: ProcessIdentity? {
        guard let process = board?.holder else { return nil }
        return ProcessInspection.isAlive(process) ? process : nil
    }

    /// What the holder wrote into the file; `nil` where nobody did.
    package var board: OwnerBoard? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return OwnerBoard(text: String(decoding: data, as: UTF8.self))
    }

    // MARK: The holder

    /// Writes `board` into the file in place of what was there. False when the lock is not held, or another process
    /// took it over: the file of that name is another one by now.
    @discardableResult
    package func post(_ board: OwnerBoard) -> Bool {
        descriptor.withLock { descriptor in
            guard let file = descriptor, isNamed(file) else { return false }
            let text = board.text
            return text.withCString { pwrite(file, $0, strlen($0), 0) } == text.utf8.count
                && ftruncate(file, off_t(text.utf8.count)) == 0
        }
    }

    /// The lock is held, and its file is still the one of its name: nobody has taken it over.
    package var isNamedLock: Bool { descriptor.withLock { $0.map(isNamed) ?? false } }

    /// Takes the lock from a process that is stopped and so will not let go: a new file takes the place of the old one,
    /// whose lock then counts for nothing. False when somebody else was quicker, or `board` is out of date.
    package func takeOver(from board: OwnerBoard) throws(CoordinationError) -> Bool {
        let gate = Glibc.open("\(path).takeover", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard gate >= 0 else { throw .unusable(path: path, detail: String(cString: strerror(errno))) }
        defer { close(gate) }
        guard flock(gate, LOCK_EX | LOCK_NB) == 0, self.board == board else { return false }
        let fresh = "\(path).\(getpid())"
        unlink(fresh)
        let file = Glibc.open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .unusable(path: fresh, detail: String(cString: strerror(errno))) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0, rename(fresh, path) == 0 else {
            close(file)
            unlink(fresh)
            return false
        }
        return keep(file)
    }

    // MARK: The file

    private func open() throws(CoordinationError) -> Int32 {
        try PrivateFolder.create(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .unusable(path: path, detail: String(cString: strerror(errno))) }
        return file
    }

    /// Makes a locked descriptor this value's lock. False (and the descriptor is closed) when the file was removed
    /// before it was locked: others would lock another one under the same name.
    private func keep(_ file: Int32) -> Bool {
        guard isNamed(file) else {
            close(file)
            return false
        }
        descriptor.withLock { $0 = file }
        post(OwnerBoard(holder: ProcessInspection.current ?? ProcessIdentity(pid: getpid(), startTime: 0)))
        return true
    }

    /// The open file is the one of this lock's name.
    private func isNamed(_ file: Int32) -> Bool {
        var locked = stat()
        var named = stat()
        return fstat(file, &locked) == 0 && stat(path, &named) == 0 && locked.st_ino == named.st_ino
            && locked.st_dev == named.st_dev
    }

    /// Closing alone is not enough: a child that is just being spawned has the descriptor too, until it becomes its
    /// program.
    private static func unlock(_ file: Int32) {
        _ = flock(file, LOCK_UN)
        close(file)
    }

    private func block(for wait: StandbyWait) {
        do {
            while !wait.hasEnded {
                let file = try open()
                while flock(file, LOCK_EX) != 0 && errno == EINTR {}
                guard !wait.hasEnded else {
                    Self.unlock(file)
                    return
                }
                guard keep(file) else { continue }
                if !wait.end(with: .success(())) { release() }
                return
            }
        } catch {
            wait.end(with: .failure(error))
        }
    }
}

/// One `acquire()`: ended by the lock or by cancellation, whichever comes first.
private final class StandbyWait: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<Void, any Error>)
        case ended
    }

    private let state = Mutex(State.new)

    var hasEnded: Bool {
        state.withLock { if case .ended = $0 { true } else { false } }
    }

    /// False when it was cancelled before it began; then the continuation has been resumed.
    func start(_ continuation: CheckedContinuation<Void, any Error>) -> Bool {
        let started = state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !started { continuation.resume(throwing: CancellationError()) }
        return started
    }

    /// False when it had ended before.
    @discardableResult
    func end(with result: Result<Void, any Error>) -> Bool {
        let ended = state.withLock { state -> (Bool, CheckedContinuation<Void, any Error>?) in
            defer { state = .ended }
            switch state {
            case .new: return (true, nil)
            case .waiting(let continuation): return (true, continuation)
            case .ended: return (false, nil)
            }
        }
        ended.1?.resume(with: result)
        return ended.0
    }
}
