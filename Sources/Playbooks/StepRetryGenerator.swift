import JobModel

/// Draws the waits between the tries of one step: the same for the same step of the same run, apart from all others.
struct StepRetryGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(run: RunID, step: Int) {
        state = UInt64(bitPattern: Int64(run)) &* 0xD6E8_FEB8_6659_FD93 ^ UInt64(step)
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
