import Foundation

/// The sockets of one folder.
enum BellFolder {
    /// Bytes that a path of a socket may have on Linux, without the 0 at its end.
    static let longestPath = 107
    /// Bytes of the longest name that `bind` gives: `/bell-4194304-99.sock`.
    private static let longestName = 21

    /// `folder`, made when missing; or, where it cannot hold sockets, a private folder under /tmp that is the same for
    /// every process of this user that asks for `folder`.
    static func usable(for folder: String) throws(CoordinationError) -> String {
        if folder.utf8.count + longestName <= longestPath, (try? PrivateFolder.create(folder)) != nil,
            access(folder, W_OK | X_OK) == 0
        {
            return folder
        }
        let own = "/tmp/rota-\(geteuid())"
        let short = "\(own)/\(name(for: folder))"
        try PrivateFolder.create(short)
        try PrivateFolder.requirePrivate(own)
        try PrivateFolder.requirePrivate(short)
        return short
    }

    /// Binds `bell-PID.sock`, with a number behind it where this process listens there already.
    static func bind(in folder: String) throws(CoordinationError) -> (path: String, listener: Listener) {
        let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard file >= 0 else { throw .unusable(path: folder, detail: String(cString: strerror(errno))) }
        for number in 1...99 {
            let path = "\(folder)/bell-\(getpid())\(number == 1 ? "" : "-\(number)").sock"
            if send(to: path, from: file) == ECONNREFUSED { unlink(path) }  // left by an earlier process of this number
            if withAddress(of: path, { Glibc.bind(file, $0, $1) }) == 0 {
                chmod(path, 0o600)
                return (path, Listener(descriptor: file))
            }
            if errno != EADDRINUSE { break }
        }
        let detail = String(cString: strerror(errno))
        close(file)
        throw .unusable(path: folder, detail: detail)
    }

    static func ring(in folder: String, except own: String?, from file: Int32) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix("bell-") && name.hasSuffix(".sock") {
            let path = "\(folder)/\(name)"
            guard path != own else { continue }
            if send(to: path, from: file) == ECONNREFUSED { unlink(path) }
        }
    }

    /// Returns 0 or the error's number.
    private static func send(to path: String, from file: Int32) -> Int32 {
        var byte: UInt8 = 1
        let sent = withAddress(of: path) { sendto(file, &byte, 1, Int32(MSG_DONTWAIT), $0, $1) }
        return sent == 1 ? 0 : errno
    }

    private static func withAddress<R>(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) -> R {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(longestPath)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// FNV-1a, 64 bits: short, and the same in every process.
    private static func name(for folder: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in folder.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
