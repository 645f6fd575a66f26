import Dispatch
import Foundation

/// Tells of events at some places, on a queue, until it is closed.
final class InotifyListener {
    struct News: Sendable {
        /// A file was made, and whoever makes it is still writing.
        var isOnlyBegun = true
        /// The places have to be looked for anew.
        var isStale = false
    }

    private static let eventsOfNames =
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB
    private static let eventsOfFolders = IN_DELETE_SELF | IN_MOVE_SELF
    private static let staleEvents = eventsOfFolders | IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW

    private let source: any DispatchSourceRead

    /// A folder that is gone meanwhile is news by itself.
    init(
        _ places: Set<WatchedPlace>, queue: DispatchQueue, tell: @escaping @Sendable (News) -> Void
    ) throws(FileWatcher.Failure) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { throw Self.failure() }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setCancelHandler { @Sendable in Glibc.close(descriptor) }
        var names: [Int32: (folder: String, names: Set<String>)] = [:]
        for (folder, members) in Dictionary(grouping: places, by: \.folder) {
            let mask = UInt32(Self.eventsOfNames | Self.eventsOfFolders | IN_ONLYDIR)
            let watch = inotify_add_watch(descriptor, folder, mask)
            if watch >= 0 {
                names[watch] = (folder, Set(members.map(\.name)))
            } else if errno == ENOENT || errno == ENOTDIR {
                queue.async { tell(News(isOnlyBegun: false, isStale: true)) }
            } else if errno != EACCES {
                let failure = Self.failure()
                source.activate()
                source.cancel()
                throw failure
            }
        }
        source.setEventHandler { @Sendable [names] in
            if let news = Self.news(from: descriptor, names: names) { tell(news) }
        }
        source.activate()
    }

    func close() { source.cancel() }

    private static func failure() -> FileWatcher.Failure {
        FileWatcher.Failure(
            detail: errno == ENOSPC || errno == EMFILE
                ? "the system's limit of watches is reached (fs.inotify)" : String(cString: strerror(errno)))
    }

    // MARK: Reading

    /// `nil` where nothing that was read concerns one of the names.
    private static func news(
        from descriptor: Int32, names: [Int32: (folder: String, names: Set<String>)]
    ) -> News? {
        var found: News?
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return found }
            for event in events(in: buffer[..<count]) {
                var news = found ?? News()
                if Int(event.mask) & Int(staleEvents) != 0 {
                    (news.isStale, news.isOnlyBegun) = (true, false)
                } else if let place = names[event.watch], place.names.contains(event.name) {
                    if !isBegun(event, in: place.folder) { news.isOnlyBegun = false }
                } else {
                    continue
                }
                found = news
            }
        }
    }

    private static func isBegun(_ event: (watch: Int32, mask: UInt32, name: String), in folder: String) -> Bool {
        guard Int(event.mask) & Int(IN_CREATE) != 0 else { return false }
        var status = stat()
        return lstat("\(folder)/\(event.name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func events(in bytes: ArraySlice<UInt8>) -> [(watch: Int32, mask: UInt32, name: String)] {
        bytes.withUnsafeBytes { raw in
            var events: [(watch: Int32, mask: UInt32, name: String)] = []
            var place = 0
            while place + MemoryLayout<inotify_event>.size <= raw.count {
                let event = raw.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
                let start = place + MemoryLayout<inotify_event>.size
                let name = raw[start..<start + Int(event.len)].prefix { $0 != 0 }
                events.append((event.wd, event.mask, String(decoding: name, as: UTF8.self)))
                place = start + Int(event.len)
            }
            return events
        }
    }
}
