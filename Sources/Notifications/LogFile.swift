import Glibc

/// Why a line could not be added.
struct AppendError: Error {
    /// The system's error number.
    let code: Int32

    var isTransient: Bool { [EAGAIN, EINTR, ENOSPC, EDQUOT, EIO, EMFILE, ENFILE].contains(code) }

    func reason(path: String) -> String {
        switch code {
        case ENOENT: "the folder of \(path) does not exist"
        case EACCES, EPERM, EROFS: "\(path) may not be written"
        case EISDIR: "\(path) is a folder"
        case ENOSPC, EDQUOT: "the disk of \(path) is full"
        default: "\(path) cannot be written (error \(code))"
        }
    }
}

enum LogFile {
    /// Adds `bytes` at the end and waits until the disk has them.
    static func append(_ bytes: [UInt8], to path: String) throws(AppendError) {
        // Not blocking, so that a pipe without a reader is an error instead of a wait.
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard file >= 0 else { throw AppendError(code: errno) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw AppendError(code: errno) }
            rest = rest.dropFirst(count)
        }
        // A device or a pipe has nothing to sync.
        if fdatasync(file) != 0, errno != EINVAL, errno != EROFS { throw AppendError(code: errno) }
    }
}
