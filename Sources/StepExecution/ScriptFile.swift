import Foundation

/// Reading a file once, with its owner and rights checked on the same descriptor.
enum ScriptFile {
    /// Bytes; a script beyond it is refused.
    static let sizeLimit = 8 << 20

    static func read(_ path: String, name: String) throws(ScriptProblem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ScriptProblem(.unreadable, "\(name) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ScriptProblem(.notAFile, "\(name) is no file that can be run.")
        }
        try check(status, shown: name)
        return try content(of: descriptor, name: name)
    }

    static func checkFolder(_ path: String, shown: String) throws(ScriptProblem) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw ScriptProblem(.notAFile, "\(shown) is no folder.")
        }
        try check(status, shown: shown)
    }

    private static func check(_ status: stat, shown: String) throws(ScriptProblem) {
        guard status.st_uid == geteuid() else {
            throw ScriptProblem(.foreignOwner(shown), "\(shown) belongs to somebody else; it must be yours to be run.")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw ScriptProblem(
                .writableByOthers(shown), "\(shown) can be changed by others; chmod go-w \(shown) makes it safe to run."
            )
        }
    }

    private static func content(of descriptor: Int32, name: String) throws(ScriptProblem) -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while content.count <= sizeLimit {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ScriptProblem(.unreadable, "\(name) cannot be read to its end.") }
            content += buffer[..<count]
        }
        throw ScriptProblem(.tooLarge, "\(name) is larger than \(sizeLimit >> 20) MiB, which is no script.")
    }
}
