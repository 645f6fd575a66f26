/// How often things go wrong.
package struct Faults: Hashable, Sendable {
    /// For each call of the store: the scheduler dies, waits, or is stopped in it.
    package var perCall: Double
    /// For each step: something happens from outside.
    package var disturbance: Double

    package static let usual = Faults(perCall: 1 / 8000, disturbance: 1 / 100)
    /// Much in little time.
    package static let dense = Faults(perCall: 1 / 400, disturbance: 1 / 12)
    package static let none = Faults(perCall: 0, disturbance: 0)
}
