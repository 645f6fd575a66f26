import Foundation
import JobModel
import Logging
import Observation
import Synchronization

/// What troubles this owner, kept in the note that `rota status` reads. The store and the loop may be in trouble at the
/// same time; each is over by itself.
final class TroubleKeeper: Sendable {
    enum Source: Hashable, Sendable { case store, stall }

    private let note: OwnerNote
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let since: Date
    private let troubles = Mutex<[Source: OwnerNote.Trouble]>([:])

    /// From now on this process owns the scheduler, without trouble.
    init(note: OwnerNote, logger: Logger, now: @escaping @Sendable () -> Date) {
        self.note = note
        self.logger = logger
        self.now = now
        since = now()
        note.write(.init(pid: getpid(), since: since))
    }

    /// `nil`: it is over.
    func set(_ text: String?, of source: Source) {
        troubles.withLock { troubles in
            troubles[source] = text.map { OwnerNote.Trouble(at: now(), text: $0) }
            let latest = troubles.values.max { $0.at < $1.at }
            note.write(.init(pid: getpid(), since: since, trouble: latest))
        }
    }

    /// The scheduler has logged how it began.
    func storeTrouble(_ error: StoreError?) {
        set(error?.message, of: .store)
        if error == nil { logger.notice("the store can be used again") }
    }
}
