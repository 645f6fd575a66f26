import Foundation

/// Reads compiled zone data (TZif, RFC 8536) of version 2 and later.
struct ZoneFile {
    enum Failure: Error { case notZoneData }

    private struct Header {
        var version: UInt8
        var utCount, standardCount, leapCount, timeCount, typeCount, characterCount: Int

        func bodySize(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + standardCount
                + utCount
        }
    }

    private static let headerSize = 44
    private let bytes: [UInt8]

    init(_ data: Data) { bytes = [UInt8](data) }

    /// The zone's offsets over all time. Files with leap seconds are refused: system time does not count them.
    func table() throws(Failure) -> ZoneTable {
        let first = try header(at: 0)
        guard first.version >= UInt8(ascii: "2") else { throw .notZoneData }
        let start = Self.headerSize + first.bodySize(timeSize: 4)
        let second = try header(at: start)
        let body = start + Self.headerSize
        let end = body + second.bodySize(timeSize: 8)
        guard second.leapCount == 0, second.typeCount > 0, end < bytes.count else { throw .notZoneData }
        let types = try types(second, at: body + second.timeCount * 9)
        var changes: [ZoneTable.Change] = []
        for index in 0..<second.timeCount {
            let type = Int(bytes[body + second.timeCount * 8 + index])
            guard type < types.count else { throw .notZoneData }
            changes.append(types[type])
            changes[index].at = integer(at: body + index * 8, size: 8)
        }
        return try Self.table(first: types[0], changes: changes, footer: footer(at: end))
    }

    private static func table(first: ZoneTable.Change, changes: [ZoneTable.Change], footer: String) throws(Failure)
        -> ZoneTable
    {
        if footer.isEmpty { return ZoneTable(first: first, changes: changes) }
        guard let rule = PosixZoneRule(footer) else { throw .notZoneData }
        guard rule.summer != nil else {
            // A file without changes can still have said everything in its footer.
            let only = ZoneTable.Change(at: .min, offset: rule.offset, abbreviation: rule.abbreviation)
            return ZoneTable(first: changes.isEmpty ? only : first, changes: changes)
        }
        let last = changes.last?.at ?? 0
        let lastYear = CivilDay.date(ofDay: CivilDay.split(last).day).year
        let future = (lastYear...lastYear + 404).flatMap(rule.changes(in:)).filter { $0.at > last }
        let foldFrom = CivilDay.number(year: lastYear + 402, month: 1, day: 1) * 86_400
        return ZoneTable(first: first, changes: changes + future, foldFrom: foldFrom)
    }

    private func header(at offset: Int) throws(Failure) -> Header {
        guard offset + Self.headerSize <= bytes.count, bytes[offset..<offset + 4].elementsEqual("TZif".utf8) else {
            throw .notZoneData
        }
        let counts = (0..<6).map { integer(at: offset + 20 + $0 * 4, size: 4) }
        guard counts.allSatisfy({ $0 >= 0 && $0 <= bytes.count }) else { throw .notZoneData }
        return Header(
            version: bytes[offset + 4], utCount: counts[0], standardCount: counts[1], leapCount: counts[2],
            timeCount: counts[3], typeCount: counts[4], characterCount: counts[5])
    }

    private func types(_ header: Header, at offset: Int) throws(Failure) -> [ZoneTable.Change] {
        let names = bytes[(offset + header.typeCount * 6)...].prefix(header.characterCount)
        var types: [ZoneTable.Change] = []
        for index in 0..<header.typeCount {
            let record = offset + index * 6
            let name = names.dropFirst(Int(bytes[record + 5])).prefix { $0 != 0 }
            let seconds = integer(at: record, size: 4)
            guard abs(seconds) < 86_400 else { throw .notZoneData }
            types.append(.init(at: .min, offset: seconds, abbreviation: String(decoding: name, as: UTF8.self)))
        }
        return types
    }

    /// The text between the two line feeds that end the file.
    private func footer(at offset: Int) throws(Failure) -> String {
        let line = bytes[offset...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
        guard bytes[offset] == UInt8(ascii: "\n"), line.endIndex < bytes.count else { throw .notZoneData }
        return String(decoding: line, as: UTF8.self)
    }

    /// A signed big-endian number of 4 or 8 bytes.
    private func integer(at offset: Int, size: Int) -> Int {
        let bits = bytes[offset..<offset + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return size == 4 ? Int(Int32(truncatingIfNeeded: bits)) : Int(Int64(bitPattern: bits))
    }
}
