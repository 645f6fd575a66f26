/// A word as two machine words, so that rules compare it without looking at its text.
///
/// Exact for words of up to 16 bytes of UTF-8; longer ones share one key that equals no word of a rule.
struct WordKey: Hashable, Sendable {
    private let low, high: UInt64

    static let longest = 16

    init(_ word: some StringProtocol) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var count: UInt64 = 0
        for byte in word.utf8 {
            if count < 8 { low |= UInt64(byte) << (count * 8) } else { high |= UInt64(byte) << ((count & 7) * 8) }
            count += 1
            if count > Self.longest {
                (low, high) = (.max, .max)
                break
            }
        }
        (self.low, self.high) = (low, high)
    }
}
