import Foundation

/// What the program around a conversation can see of the scheduler's owner and of the store's file. Nothing of it comes
/// from the store's tables, so that it is there also where those cannot be read.
package struct SchedulerSight: Hashable, Sendable {
    /// Since when the owner owns; `nil` without one.
    package var since: Date?
    /// What troubles it now.
    package var trouble: Trouble?
    /// When a write last reached the disk.
    package var lastSync: Date?
    /// Bytes of the store's file, and of the log beside it.
    package var storeBytes: Int?
    package var logBytes: Int?

    package struct Trouble: Hashable, Sendable {
        package var at: Date
        package var text: String

        package init(at: Date, text: String) {
            self.at = at
            self.text = text
        }
    }

    package init(
        since: Date? = nil, trouble: Trouble? = nil, lastSync: Date? = nil, storeBytes: Int? = nil,
        logBytes: Int? = nil
    ) {
        self.since = since
        self.trouble = trouble
        self.lastSync = lastSync
        self.storeBytes = storeBytes
        self.logBytes = logBytes
    }
}
