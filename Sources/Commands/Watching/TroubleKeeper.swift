import Foundation
import JobModel
import Logging
import Observation
import Synchronization

/// What troubles this owner, kept in the file that `rota status` reads. The store and the loop may be in trouble at the
/// same time; each is over by itself.
final class TroubleKeeper: Sendable {
    enum Source: Hashable, Sendable { case store, stall }

    private let file: TroubleFile
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let troubles = Mutex<[Source: TroubleFile.Trouble]>([:])

    init(file: TroubleFile, logger: Logger, now: @escaping @Sendable () -> Date) {
        self.file = file
        self.logger = logger
        self.now = now
        // What an owner before left there is over.
        file.clear()
    }

    /// `nil`: it is over.
    func set(_ text: String?, of source: Source) {
        troubles.withLock { troubles in
            troubles[source] = text.map { TroubleFile.Trouble(at: now(), text: $0, pid: getpid()) }
            if let latest = troubles.values.max(by: { $0.at < $1.at }) { file.write(latest) } else { file.clear() }
        }
    }

    /// The scheduler has logged how it began.
    func storeTrouble(_ error: StoreError?) {
        set(error?.message, of: .store)
        if error == nil { logger.notice("the store can be used again") }
    }
}
