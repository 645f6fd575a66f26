import CronOracle
import JobModel

/// JSON documents of all kinds, the same ones for the same seed.
struct RandomJSON {
    private var numbers: SeededGenerator

    init(seed: UInt64) { numbers = SeededGenerator(state: seed) }

    mutating func next() -> JSONValue { value(depth: 0) }

    private mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < 5 ? 9 : 6), using: &numbers) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &numbers))
        case 2, 3: return .number(number())
        case 4, 5: return .string(text())
        case 6: return .array((0..<count()).map { _ in value(depth: depth + 1) })
        default:
            let members = (0..<count()).map { _ in (text(), value(depth: depth + 1)) }
            return .object(Dictionary(members, uniquingKeysWith: { $1 }))
        }
    }

    private mutating func count() -> Int { Int.random(in: 0...4, using: &numbers) }

    /// Small whole numbers, long ones, and any pattern of bits that is a number.
    private mutating func number() -> Double {
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: return Double(Int.random(in: -1_000...1_000, using: &numbers))
        case 1: return Double(Int.random(in: .min ... .max, using: &numbers))
        case 2: return Double(Int.random(in: -100_000...100_000, using: &numbers)) / 100
        default:
            let value = Double(bitPattern: UInt64.random(in: .min ... .max, using: &numbers))
            return value.isFinite ? value : 0.5
        }
    }

    private static let scalars: [ClosedRange<UInt32>] = [
        0x61...0x7A, 0x20...0x7E, 0x00...0x1F, 0x22...0x22, 0x5C...0x5C, 0xA0...0x24F, 0x2028...0x2029, 0xE000...0xFFFF,
        0x1_F600...0x1_F64F,
    ]

    private mutating func text() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...9, using: &numbers) {
            let range = Self.scalars.randomElement(using: &numbers) ?? 0x61...0x7A
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &numbers)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
