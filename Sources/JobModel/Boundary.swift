/// Places between two steps of a run's life. What is stored before one and after it must fit together, wherever the
/// process dies; a test may end it exactly there.
package enum Boundary: String, CaseIterable, Sendable {
    case beforeClaim = "before-claim"
    case afterClaim = "after-claim"
    /// A step's start is recorded (that of a run's first steps may still be under way to the disk); nothing of it has
    /// happened yet.
    case beforeSpawn = "before-spawn"
    /// Its process exists and is not recorded yet.
    case afterSpawn = "after-spawn"
    /// It has ended; that is not recorded yet.
    case beforeExit = "before-exit"
    /// Its end is recorded, with the starts of what that lets begin.
    case afterExit = "after-exit"
    case beforeFinish = "before-finish"
    case afterFinish = "after-finish"

    package typealias Hook = @Sendable (Boundary) -> Void
}
