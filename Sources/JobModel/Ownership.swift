import Foundation

/// Counts the owners of a store's scheduler: each new one has a higher number, and only the latest may claim.
package typealias Epoch = Int64

/// Who wants to own the scheduler of a store.
package struct OwnerIdentity: Codable, Hashable, Sendable {
    package var process: ProcessIdentity
    /// Names the machine (machine-id(5)); empty where it has no name.
    package var machine: String

    package init(process: ProcessIdentity, machine: String) {
        self.process = process
        self.machine = machine
    }
}

/// What a new owner is told.
package struct Ownership: Hashable, Sendable {
    package var epoch: Epoch
    /// The latest moment that the owner before has seen on the clock; `nil` for the first owner.
    package var clockSeen: Date?

    package init(epoch: Epoch, clockSeen: Date?) {
        self.epoch = epoch
        self.clockSeen = clockSeen
    }
}
