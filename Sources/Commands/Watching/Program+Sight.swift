import Conversation
import Coordination
import Foundation
import Observation
import Storage

extension Program {
    /// What the files beside the store say about its scheduler; nothing of a transcript's.
    var sight: SchedulerSight {
        guard stage == nil else { return SchedulerSight() }
        let size = StoreSize(of: paths.store)
        let owner = SchedulerLock(path: paths.ownerLock).holder
        // What another owner wrote is over.
        let note = OwnerNote(path: paths.ownerNote).read().flatMap { $0.pid == owner?.pid ? $0 : nil }
        return SchedulerSight(
            since: note?.since, trouble: note?.trouble.map { .init(at: $0.at, text: $0.text) },
            lastSync: size.written, storeBytes: size.file, logBytes: size.log)
    }
}
