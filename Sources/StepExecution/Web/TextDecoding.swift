import Glibc

/// Bytes of an answer as text.
enum TextDecoding {
    /// Reads by the byte order mark, else by the `charset` of the header, else by what the page or document says of
    /// itself, else as UTF-8. Bytes that do not fit, and a name that is not known, lead to replacement characters.
    static func text(of bytes: [UInt8], contentType: String) -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
        if bytes.starts(with: [0xFF, 0xFE]) { return converted(bytes.dropFirst(2), from: "UTF-16LE") }
        if bytes.starts(with: [0xFE, 0xFF]) { return converted(bytes.dropFirst(2), from: "UTF-16BE") }
        let isMarkup = bytes.first { !(0x09...0x20).contains($0) } == UInt8(ascii: "<")
        let beginning = isMarkup ? String(decoding: bytes.prefix(1024), as: UTF8.self) : ""
        let name = charset(in: contentType) ?? charset(in: beginning)
        guard let name, let encoding = encodings[name] else { return String(decoding: bytes, as: UTF8.self) }
        return converted(bytes[...], from: encoding)
    }

    /// The word behind `charset=` or `encoding=`, in lower case.
    static func charset(in text: String) -> String? {
        let text = text.lowercased()
        for key in ["charset=", "encoding="] {
            guard let found = text.firstRange(of: key) else { continue }
            let rest = text[found.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ":") }
            if !name.isEmpty, name.count <= 40 { return String(name) }
        }
        return nil
    }

    /// The names that count, and what the C library calls them. Encodings that switch by escape sequences are left out.
    private static let encodings: [String: String] = {
        var table = [
            "iso-8859-1": "CP1252", "latin1": "CP1252", "us-ascii": "CP1252", "ascii": "CP1252", "cp1252": "CP1252",
            "iso-8859-15": "ISO-8859-15", "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "shift_jis": "SHIFT_JIS",
            "shift-jis": "SHIFT_JIS", "euc-jp": "EUC-JP", "euc-kr": "EUC-KR", "gb2312": "GB18030", "gbk": "GB18030",
            "gb18030": "GB18030", "big5": "BIG5", "utf-16": "UTF-16LE", "utf-16le": "UTF-16LE", "utf-16be": "UTF-16BE",
            "macintosh": "MACINTOSH", "tis-620": "TIS-620",
        ]
        for part in [2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 16] { table["iso-8859-\(part)"] = "ISO-8859-\(part)" }
        for page in 1250...1258 { table["windows-\(page)"] = "CP\(page)" }
        return table
    }()

    /// Where the C library does not know the encoding, the bytes are read as UTF-8.
    private static func converted(_ bytes: ArraySlice<UInt8>, from encoding: String) -> String {
        guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var result: [UInt8] = []
        var buffer = [CChar](repeating: 0, count: 16_384)
        input.withUnsafeMutableBufferPointer { input in
            buffer.withUnsafeMutableBufferPointer { buffer in
                convert(input, with: converter, through: buffer, to: &result)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func convert(
        _ input: UnsafeMutableBufferPointer<CChar>, with converter: iconv_t,
        through buffer: UnsafeMutableBufferPointer<CChar>, to result: inout [UInt8]
    ) {
        var next = input.baseAddress
        var left = input.count
        while left > 0 {
            var place = buffer.baseAddress
            var room = buffer.count
            let done = iconv(converter, &next, &left, &place, &room)
            let problem = errno
            result += buffer.prefix(buffer.count - room).lazy.map { UInt8(bitPattern: $0) }
            guard done == -1 || done == Int.max || left > 0 else { return }
            switch problem {
            case E2BIG where room < buffer.count: continue
            case EINVAL:
                // A character that the end cuts in two.
                result += "\u{FFFD}".utf8
                return
            default:
                result += "\u{FFFD}".utf8
                next = next?.successor()
                left -= 1
            }
        }
    }
}
