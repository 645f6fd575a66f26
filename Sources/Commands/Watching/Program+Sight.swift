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
        // Another owner's trouble is over, or will be told by the next.
        let trouble = TroubleFile(path: paths.schedulerTrouble).read().flatMap { $0.pid == owner?.pid ? $0 : nil }
        return SchedulerSight(
            since: owner == nil ? nil : modified(paths.ownerLock),
            trouble: trouble.map { .init(at: $0.at, text: $0.text) },
            lastSync: size.written, storeBytes: size.file, logBytes: size.log)
    }

    private func modified(_ path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }
}
