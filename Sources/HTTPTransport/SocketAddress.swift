import Glibc

/// An address that a connection is about to be made to.
enum SocketAddress: Hashable, Sendable {
    case v4([UInt8])
    case v6([UInt8])
    /// A unix socket, or a family that is not known.
    case other

    /// Reads the `sockaddr` of `length` bytes at `raw`.
    init(_ raw: UnsafeRawPointer, family: Int32, length: Int) {
        switch family {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            self = .v4(Self.bytes(raw, MemoryLayout<sockaddr_in>.offset(of: \.sin_addr)!, count: 4))
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            self = .v6(Self.bytes(raw, MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr)!, count: 16))
        default:
            self = .other
        }
    }

    private static func bytes(_ raw: UnsafeRawPointer, _ offset: Int, count: Int) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: raw + offset, count: count))
    }

    /// On the public internet: not this machine, not a private or link-local net, no multicast, nothing reserved.
    var isPublic: Bool {
        switch self {
        case .v4(let bytes): Self.isPublic(v4: bytes)
        case .v6(let bytes): Self.isPublic(v6: bytes)
        case .other: false
        }
    }

    /// The special-purpose blocks of RFC 6890 and its successors.
    private static let reservedV4: [(block: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
        (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
        (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    ]

    private static func isPublic(v4 bytes: [UInt8]) -> Bool {
        let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return !reservedV4.contains { address >> (32 - $0.bits) == $0.block >> (32 - $0.bits) }
    }

    /// Only 2000::/3 is global unicast. Forms that carry an IPv4 address are as public as that address is.
    private static func isPublic(v6 bytes: [UInt8]) -> Bool {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if bytes.starts(with: mapped) || bytes.starts(with: translated) { return isPublic(v4: Array(bytes[12...])) }
        if bytes.starts(with: [0x20, 0x02]) { return isPublic(v4: Array(bytes[2..<6])) }
        let isTeredo = bytes.starts(with: [0x20, 0x01, 0, 0])
        let isDocumentation = bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || bytes.starts(with: [0x3F, 0xFF])
        return bytes[0] >> 5 == 1 && !isTeredo && !isDocumentation
    }
}
