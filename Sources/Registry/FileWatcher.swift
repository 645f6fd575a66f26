import Dispatch
import Foundation

/// Notices that the content behind some paths may be another one now, however it came there: written in place, put
/// there by a rename, deleted and made anew, or behind a link that points elsewhere. The folders need not exist yet.
///
/// Nothing polls: the kernel tells (inotify). What comes in quick succession is told once, when it has become quiet.
package final class FileWatcher: Sendable {
    /// An element when somebody should look; for one listener. Looks that nobody took yet are one.
    package let changes: AsyncStream<Void>
    private let core: FileWatcherCore

    /// Why nothing can be watched, as a clause.
    package struct Failure: Error, Hashable, Sendable {
        package let detail: String
    }

    /// - Parameter paths: Absolute. How long it has to be quiet is `quiet`; a file that was only begun gets `patience`,
    ///   because its end will be told as well.
    package init(
        paths: [String], quiet: DispatchTimeInterval = .milliseconds(100), patience: DispatchTimeInterval = .seconds(1)
    ) throws(Failure) {
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.changes = changes
        core = FileWatcherCore(paths: paths, quiet: quiet, patience: patience) { continuation.yield() }
        do throws(Failure) {
            try core.start()
        } catch {
            continuation.finish()
            throw error
        }
        continuation.onTermination = { [core] _ in core.stop() }
    }

    deinit { core.stop() }

    /// Ends `changes`' news; the stream itself ends with its listener.
    package func close() { core.stop() }
}

/// `@unchecked`: everything that changes is touched on `queue` only.
private final class FileWatcherCore: @unchecked Sendable {
    /// Writing that never pauses is looked at all the same, this often.
    private static let longestDelay = DispatchTimeInterval.seconds(2)

    private let paths: [String]
    private let quiet: DispatchTimeInterval
    private let patience: DispatchTimeInterval
    private let tell: @Sendable () -> Void
    private let queue = DispatchQueue(label: "file watcher")
    private let timer: any DispatchSourceTimer
    private var places: Set<WatchedPlace> = []
    private var listener: InotifyListener?
    /// A watched folder itself was moved or deleted, or events were lost.
    private var isStale = false
    private var latest: DispatchTime?
    private var isStopped = false

    init(
        paths: [String], quiet: DispatchTimeInterval, patience: DispatchTimeInterval,
        tell: @escaping @Sendable () -> Void
    ) {
        self.paths = paths
        self.quiet = quiet
        self.patience = patience
        self.tell = tell
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .distantFuture)
    }

    func start() throws(FileWatcher.Failure) {
        timer.setEventHandler { @Sendable [weak self] in self?.settle() }
        timer.activate()
        let result = queue.sync { Result { () throws(FileWatcher.Failure) in try renew() } }
        try result.get()
    }

    func stop() {
        queue.async { [self] in
            guard !isStopped else { return }
            isStopped = true
            timer.cancel()
            listener?.close()
        }
    }

    // MARK: On the queue

    /// Watches what the paths depend on now. It changes while it is looked at, so it is looked at again afterwards.
    private func renew() throws(FileWatcher.Failure) {
        for _ in 0..<10 {
            let wanted = Set(paths.flatMap(WatchedPlace.places))
            if wanted == places, !isStale { return }
            (places, isStale) = (wanted, false)
            let next = try InotifyListener(wanted, queue: queue) { [weak self] in self?.heard($0) }
            listener?.close()
            listener = next
        }
    }

    private func heard(_ news: InotifyListener.News) {
        if news.isStale { isStale = true }
        let now = DispatchTime.now()
        let latest = self.latest ?? now + Self.longestDelay
        self.latest = latest
        timer.schedule(deadline: min(latest, now + (news.isOnlyBegun ? patience : quiet)))
    }

    private func settle() {
        guard !isStopped else { return }
        latest = nil
        do throws(FileWatcher.Failure) {
            try renew()
        } catch {
            // What could be watched before still is, or the next look is a person's.
        }
        tell()
    }
}
