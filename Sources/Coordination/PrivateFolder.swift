import Foundation

/// A folder that only its owner can use.
enum PrivateFolder {
    /// Makes the folder, and those above it, with mode 0700. An existing one is left as it is.
    static func create(_ path: String) throws(CoordinationError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            guard !isFolder(path) else { return }
            throw .unusable(path: path, detail: "the folder cannot be made")
        }
    }

    /// Refuses a link, a folder of another user, and one that others may enter.
    static func requirePrivate(_ path: String) throws(CoordinationError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            throw .unusable(path: path, detail: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw .untrustedFolder(path: path)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
