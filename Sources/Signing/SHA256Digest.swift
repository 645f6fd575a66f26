import Crypto
import Foundation

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
package enum SHA256Digest {
    package static func hex(of bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: Array(bytes))
        return Hexadecimal.text(of: hash.finalize())
    }

    /// The digest of the text's UTF-8 bytes.
    package static func hex(of text: String) -> String { hex(of: text.utf8) }

    /// The digest of a file's content, read in pieces; throws where the file cannot be opened or read.
    package static func hex(ofFile path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hash = SHA256()
        while let piece = try file.read(upToCount: 1 << 16), !piece.isEmpty { hash.update(data: piece) }
        return Hexadecimal.text(of: hash.finalize())
    }
}

/// HMAC with SHA-256 (RFC 2104).
package enum MessageCode {
    package static func sha256(of message: some Sequence<UInt8>, key: some Sequence<UInt8>) -> [UInt8] {
        let key = SymmetricKey(data: Array(key))
        return Array(HMAC<SHA256>.authenticationCode(for: Array(message), using: key))
    }

    /// Whether `code` belongs to the message; takes the same time wherever the first difference is.
    package static func isValid(_ code: [UInt8], for message: [UInt8], key: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: SymmetricKey(data: key))
    }
}

enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(of bytes: some Sequence<UInt8>) -> String {
        let pairs = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: pairs, as: UTF8.self)
    }
}
