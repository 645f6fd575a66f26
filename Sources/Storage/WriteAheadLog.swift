import Foundation

/// The write-ahead log as it lies on the disk (SQLite file format, section 4). SQLite drops what does not fit together
/// in it without a word; a copy is set aside first, so that nothing is lost unseen.
struct WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    let path: String

    /// Why the log cannot be read to its end; `nil` where it can, or where there is none.
    ///
    /// A frame that does not fit while later ones of the same log follow it may be one that is just being written: it is
    /// looked at twice.
    var damage: String? {
        guard let first = Self.problem(in: contents) else { return nil }
        usleep(20_000)
        guard let second = Self.problem(in: contents) else { return nil }
        return first == second ? second : nil
    }

    /// Copies the log beside itself; returns where.
    func setAside() throws -> String {
        let copy = "\(path).damaged-\(Int(Date().timeIntervalSince1970))"
        if access(copy, F_OK) != 0 { try FileManager.default.copyItem(atPath: path, toPath: copy) }
        return copy
    }

    private var contents: [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }

    private static func problem(in bytes: [UInt8]) -> String? {
        guard !bytes.isEmpty else { return nil }
        guard bytes.count >= headerSize, let header = Header(bytes) else { return "the header of its log is damaged" }
        var sums = header.sums
        var at = headerSize
        let step = frameHeaderSize + header.pageSize
        while at + step <= bytes.count, header.owns(bytes, frameAt: at) {
            let next = header.sums(of: bytes, from: at, after: sums)
            guard next == (bytes.word(at + 16), bytes.word(at + 20)) else {
                let isLast = !stride(from: at + step, through: bytes.count - step, by: step).contains {
                    header.owns(bytes, frameAt: $0)
                }
                return isLast ? nil : "a frame of its log is damaged (byte \(at))"
            }
            sums = next
            at += step
        }
        return nil
    }

    private struct Header {
        let pageSize: Int
        let salts: (UInt32, UInt32)
        let sums: (UInt32, UInt32)
        private let isBigEndian: Bool

        /// `nil` where magic number, page size or checksum are not those of a log.
        init?(_ bytes: [UInt8]) {
            let magic = bytes.word(0)
            guard magic & 0xFFFF_FFFE == 0x377F_0682 else { return nil }
            isBigEndian = magic & 1 == 1
            pageSize = Int(bytes.word(8))
            salts = (bytes.word(16), bytes.word(20))
            sums = (bytes.word(24), bytes.word(28))
            guard (512...65_536).contains(pageSize),
                Self.add(bytes, 0..<24, to: (0, 0), isBigEndian: isBigEndian) == sums
            else { return nil }
        }

        /// The frame belongs to this log, not to an older one whose frames are still there.
        func owns(_ bytes: [UInt8], frameAt at: Int) -> Bool {
            (bytes.word(at + 8), bytes.word(at + 12)) == salts
        }

        func sums(of bytes: [UInt8], from at: Int, after sums: (UInt32, UInt32)) -> (UInt32, UInt32) {
            let head = Self.add(bytes, at..<at + 8, to: sums, isBigEndian: isBigEndian)
            let page = at + WriteAheadLog.frameHeaderSize
            return Self.add(bytes, page..<page + pageSize, to: head, isBigEndian: isBigEndian)
        }

        private static func add(
            _ bytes: [UInt8], _ range: Range<Int>, to sums: (UInt32, UInt32), isBigEndian: Bool
        ) -> (UInt32, UInt32) {
            var (first, second) = sums
            bytes.withUnsafeBytes { raw in
                for at in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                    let words = (
                        raw.loadUnaligned(fromByteOffset: at, as: UInt32.self),
                        raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)
                    )
                    first &+= (isBigEndian ? words.0.bigEndian : words.0.littleEndian) &+ second
                    second &+= (isBigEndian ? words.1.bigEndian : words.1.littleEndian) &+ first
                }
            }
            return (first, second)
        }
    }
}

extension [UInt8] {
    /// Big-endian, 32 bits.
    fileprivate func word(_ at: Int) -> UInt32 {
        UInt32(self[at]) << 24 | UInt32(self[at + 1]) << 16 | UInt32(self[at + 2]) << 8 | UInt32(self[at + 3])
    }
}
