import Foundation

/// Private copies of approved scripts, named by their content.
///
/// A run uses the copy: editing the original while it runs changes nothing.
package struct ScriptArchive: Sendable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// Why there is no copy, in one clause.
    struct Failure: Error { let message: String }

    /// Path of a copy with exactly this content, made where there is none yet.
    func copy(of script: ScriptFolder.Loaded) throws -> String {
        let place = "\(folder)/\(script.sha256)"
        try Self.makePrivate(folder)
        try Self.makePrivate(place)
        let path = "\(place)/\((script.path as NSString).lastPathComponent)"
        if (try? ScriptFile.read(path, name: path)) == script.content { return path }
        try write(script.content, to: path)
        return path
    }

    private func write(_ content: [UInt8], to path: String) throws {
        let temporary = "\(path).\(UUID().uuidString)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o500)
        guard descriptor >= 0 else { throw Failure(message: "its copy cannot be written") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: content)
            try handle.close()
        } catch {
            unlink(temporary)
            throw Failure(message: "its copy cannot be written")
        }
        guard rename(temporary, path) == 0 else {
            unlink(temporary)
            throw Failure(message: "its copy cannot be put in place")
        }
    }

    private static func makePrivate(_ folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
            throw Failure(message: "the folder \(folder) is not ours")
        }
        if status.st_mode & 0o077 != 0 { chmod(folder, 0o700) }
    }
}
