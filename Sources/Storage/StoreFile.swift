import Foundation
import JobModel

/// The file of a store as the file system sees it.
struct StoreFile {
    /// Absolute.
    let path: String

    init(path: String) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    /// Makes a file that only its owner can read, in a folder of the same kind, and puts what `fill` makes of it in place:
    /// a store is never an empty file. An existing file or folder is left as it is.
    func createIfMissing(filling fill: (_ path: String) throws -> Void) throws {
        guard access(path, F_OK) != 0 else { return }
        try createFolder()
        // Linked into place when it is closed already: a descriptor of ours must never be closed while SQLite has the
        // file open in this process, since that would drop SQLite's locks.
        let fresh = "\(path).new-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        let descriptor = Glibc.open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        Glibc.close(descriptor)
        defer { unlink(fresh) }
        try fill(fresh)
        guard link(fresh, path) == 0 || errno == EEXIST else { throw failure(errno) }
    }

    func requireExisting() throws {
        guard access(path, F_OK) == 0 else {
            throw StoreError.unavailable(path: path, detail: "there is no such file")
        }
        try requireRegular()
    }

    func requireWritable() throws {
        try requireRegular()
        guard access(path, R_OK | W_OK) == 0, access(folder, W_OK | X_OK) == 0 else {
            throw StoreError.readOnly(path: path)
        }
    }

    var log: WriteAheadLog { WriteAheadLog(path: path + "-wal") }

    var isEmpty: Bool { size(of: path) == 0 }

    /// The file lacks some of the bytes that it is known to have, and the log does not hold them either.
    ///
    /// The log is looked at first: what is moved from it into the file is there before the log is emptied.
    func isShorter(than bytes: Int) -> Bool {
        (size(of: path + "-wal") ?? 0) == 0 && (size(of: path) ?? 0) < bytes
    }

    /// 0 where there is no file. A copy has another one, a moved or renamed file keeps its own.
    var inode: UInt64 {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : 0
    }

    private func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    private func requireRegular() throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StoreError.unavailable(path: path, detail: "it is not a file")
        }
    }

    private func createFolder() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            guard access(folder, F_OK) != 0 else {
                throw StoreError.unavailable(path: path, detail: "\(folder) is not a folder")
            }
            let isRefused = (error as? CocoaError)?.code == .fileWriteNoPermission
            throw isRefused ? StoreError.readOnly(path: path) : failure(errno)
        }
    }

    private func failure(_ code: Int32) -> StoreError {
        switch code {
        case EACCES, EPERM, EROFS: .readOnly(path: path)
        case ENOSPC, EDQUOT: .full(path: path)
        default: .unavailable(path: path, detail: String(cString: strerror(code)))
        }
    }
}
