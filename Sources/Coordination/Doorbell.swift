import Dispatch
import Foundation
import Synchronization

/// How the processes on one store wake each other: the scheduler's owner and every open chat listen on a socket of
/// their own, and whoever changed the store rings at all the others.
///
/// A ring carries nothing; who hears it looks into the store. Rings that come together may be heard as one.
package final class Doorbell: Sendable {
    /// Ends when the doorbell is closed. For one listener.
    package let rings: AsyncStream<Void>

    let path: String
    private let folder: String
    private let listener: Listener

    /// Listens in `folder` (made when missing), or in a short private one where its path is too long for a socket.
    package init(folder: String) throws(CoordinationError) {
        self.folder = try BellFolder.usable(for: folder)
        (path, listener) = try BellFolder.bind(in: self.folder)
        rings = listener.rings
    }

    deinit { close() }

    /// Rings at all other doorbells of the folder. Never blocks: a bell whose buffer is full has not been answered yet
    /// and will be. Sockets that nobody listens on any more are removed.
    package func ring() { listener.whileOpen { BellFolder.ring(in: folder, except: path, from: $0) } }

    /// Rings without listening oneself: for a process that only changes something and leaves.
    package static func ring(in folder: String) {
        guard let usable = try? BellFolder.usable(for: folder) else { return }
        let sender = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard sender >= 0 else { return }
        defer { Glibc.close(sender) }
        BellFolder.ring(in: usable, except: nil, from: sender)
    }

    /// Stops listening and removes the socket.
    package func close() { listener.stop(removing: path) }
}

/// A bound socket whose datagrams become elements of a stream.
final class Listener: Sendable {
    let rings: AsyncStream<Void>
    /// Dispatch sources may be used from any thread; the type is only not marked so.
    nonisolated(unsafe) private let source: any DispatchSourceRead
    private let continuation: AsyncStream<Void>.Continuation
    private let descriptor: Int32
    private let isStopped = Mutex(false)

    init(descriptor: Int32) {
        self.descriptor = descriptor
        (rings, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "doorbell"))
        let continuation = continuation
        source.setEventHandler { @Sendable in
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) > 0 {}
            continuation.yield()
        }
        source.setCancelHandler { @Sendable in Glibc.close(descriptor) }
        source.activate()
    }

    /// After `stop` the number may belong to another file.
    func whileOpen(_ body: (Int32) -> Void) {
        isStopped.withLock { stopped in
            if !stopped { body(descriptor) }
        }
    }

    func stop(removing path: String) {
        let isFirst = isStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        guard isFirst else { return }
        unlink(path)
        source.cancel()
        continuation.finish()
    }
}
