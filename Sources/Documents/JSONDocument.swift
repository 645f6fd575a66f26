import JobModel

/// Reads JSON (RFC 8259).
package struct JSONDocument: Sendable {
    /// `nil` where the text as a whole is broken.
    package let root: DocumentNode?
    /// Earliest first. A broken entry of a list is left out of it and named here, and the others are read.
    package let problems: [DocumentError]

    package init(_ text: String) {
        var reader = JSONTreeReader(text)
        do throws(DocumentError) {
            root = try reader.document()
            problems = reader.problems
        } catch {
            root = nil
            problems = reader.problems + [error]
        }
    }
}

/// Brackets and commas are read here, where places matter; a text or number by itself is `JSONValue`'s.
private struct JSONTreeReader {
    private static let deepest = 64
    /// Lists further inside belong to an entry, which is broken as a whole.
    private static let deepestMended = 1

    private let bytes: [UInt8]
    private let lines: LineTable
    private var place = 0
    private(set) var problems: [DocumentError] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        lines = LineTable(bytes)
    }

    mutating func document() throws(DocumentError) -> DocumentNode {
        skipBlanks()
        guard place < bytes.count else { throw problem("the file is empty") }
        let root = try value(depth: 0)
        skipBlanks()
        guard place == bytes.count else { throw problem("there is something behind the end of the document") }
        return root
    }

    /// 0, which is nowhere allowed, at the end.
    private var byte: UInt8 { place < bytes.count ? bytes[place] : 0 }

    private func problem(_ message: String, at offset: Int? = nil) -> DocumentError {
        DocumentError(.syntax(message), at: lines.place(of: offset ?? place))
    }

    private mutating func skipBlanks() {
        while byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func value(depth: Int) throws(DocumentError) -> DocumentNode {
        skipBlanks()
        guard depth < Self.deepest else { throw DocumentError(.tooMuch, at: lines.place(of: place)) }
        let start = lines.place(of: place)
        switch byte {
        case UInt8(ascii: "{"): return DocumentNode(.object(try members(depth: depth), isInBraces: true), at: start)
        case UInt8(ascii: "["): return DocumentNode(.list(try items(depth: depth)), at: start)
        case UInt8(ascii: "\""): return DocumentNode(.scalar(DocumentScalar(try text(), .text)), at: start)
        default: return DocumentNode(.scalar(DocumentScalar(try literal(), .literal)), at: start)
        }
    }

    // MARK: Containers

    private mutating func members(depth: Int) throws(DocumentError) -> [DocumentMember] {
        var members: [DocumentMember] = []
        if isEmpty(closedBy: "}") { return members }
        repeat {
            skipBlanks()
            let start = place
            guard byte == UInt8(ascii: "\"") else { throw problem("a key in quotes should stand here") }
            let key = try text()
            guard !members.contains(where: { $0.key == key }) else {
                throw DocumentError(.duplicateKey(key), at: lines.place(of: start))
            }
            skipBlanks()
            guard byte == UInt8(ascii: ":") else { throw problem("a colon is missing behind \"\(key)\"") }
            place += 1
            members.append(DocumentMember(key: key, at: lines.place(of: start), value: try value(depth: depth + 1)))
        } while try goesOn(closedBy: "}")
        return members
    }

    private mutating func items(depth: Int) throws(DocumentError) -> [DocumentNode] {
        var items: [DocumentNode] = []
        if isEmpty(closedBy: "]") { return items }
        while true {
            let start = place
            do throws(DocumentError) {
                items.append(try value(depth: depth + 1))
                guard try goesOn(closedBy: "]") else { return items }
            } catch {
                place = endOfItem(from: start)
                // An entry that is never closed takes the rest of the text with it.
                guard depth <= Self.deepestMended, place < bytes.count else { throw error }
                problems.append(error)
                guard try goesOn(closedBy: "]") else { return items }
            }
        }
    }

    private mutating func isEmpty(closedBy bracket: Unicode.Scalar) -> Bool {
        place += 1
        skipBlanks()
        guard byte == UInt8(ascii: bracket) else { return false }
        place += 1
        return true
    }

    /// Takes a comma (true) or the closing bracket (false).
    private mutating func goesOn(closedBy bracket: Unicode.Scalar) throws(DocumentError) -> Bool {
        skipBlanks()
        guard byte == UInt8(ascii: bracket) || byte == UInt8(ascii: ",") else {
            throw problem("a comma or \"\(bracket)\" is missing here")
        }
        defer { place += 1 }
        return byte == UInt8(ascii: ",")
    }

    /// Where the comma or bracket behind a broken item stands. A quote without an end quotes nothing.
    private func endOfItem(from start: Int) -> Int {
        var open: [UInt8] = []
        var quote: Int?
        var line = 0..<0  // of a quote without an end
        var offset = start
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\\") where quote != nil: offset += 1
            case UInt8(ascii: "\"") where !line.contains(offset): quote = quote == nil ? offset : nil
            case 0x0A:
                guard let begin = quote else { break }
                (line, quote, offset) = (begin..<offset, nil, begin)
            case _ where quote != nil: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(bytes[offset] + 2)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // Closes what was left open inside as well; what it cannot close is around the item.
                guard let opened = open.lastIndex(of: bytes[offset]) else { return offset }
                open.removeSubrange(opened...)
            case UInt8(ascii: ",") where open.isEmpty: return offset
            default: break
            }
            offset += 1
        }
        return bytes.count
    }

    // MARK: Scalars

    private mutating func text() throws(DocumentError) -> String {
        let start = place
        place += 1
        while byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw problem("a text that begins here has no closing quote", at: start) }
            place += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        place += 1
        let written = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let text = (try? JSONValue(parsing: written))?.string else {
            throw problem("this text has a \"\\\" that JSON does not know", at: start)
        }
        return text
    }

    private mutating func literal() throws(DocumentError) -> String {
        let start = place
        while byte > 0x20, !",:[]{}\"".utf8.contains(byte) { place += 1 }
        let written = String(decoding: bytes[start..<place], as: UTF8.self)
        guard !written.isEmpty else { throw problem("a value should stand here", at: start) }
        guard let value = try? JSONValue(parsing: written) else {
            throw problem("\"\(written.prefix(40))\" is no value: a text stands in quotes", at: start)
        }
        return value.compactText
    }
}

/// Lines and columns of offsets into a text.
private struct LineTable {
    private let bytes: [UInt8]
    /// Offsets at which the lines begin.
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    }

    func place(of offset: Int) -> DocumentPlace {
        let offset = min(offset, bytes.count)
        let line = starts.partitioningIndex { $0 > offset }
        let start = starts[line - 1]
        let scalars = bytes[start..<offset].count { $0 & 0xC0 != 0x80 }
        return DocumentPlace(line: line, column: scalars + 1)
    }
}

extension [Int] {
    /// The first index whose element matches; those that do stand behind those that do not.
    fileprivate func partitioningIndex(where matches: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if matches(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
