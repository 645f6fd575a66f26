import Foundation

/// Why a folder cannot be used. The description is a whole sentence for a person.
package enum FolderError: Error, Hashable, CustomStringConvertible {
    case notAFolder(path: String)
    case foreignOwner(path: String)
    case cannotCreate(path: String, detail: String)

    package var description: String {
        switch self {
        case .notAFolder(let path): "\(path) is in the way: it is not a folder. Move it, or set ROTA_HOME."
        case .foreignOwner(let path): "\(path) belongs to another user, so nothing is put there. Set ROTA_HOME."
        case .cannotCreate(let path, let detail):
            "\(path) cannot be created: \(detail). Set ROTA_HOME to another place."
        }
    }
}

extension ProgramPaths {
    /// Makes every folder that is missing, for this user only (0700).
    ///
    /// Folders that exist keep their permissions, because a person may have chosen them, except those that only this
    /// program uses: they are made private again. A runtime folder of another user, or a link in its place, is refused,
    /// because anybody may create names in /tmp.
    package func createFolders() throws(FolderError) {
        for folder in [configFolder, dataFolder, stateFolder, scriptsFolder] { try Self.makeFolder(folder) }
        try Self.makePrivate(scriptCopies)
        let parent = (runtimeFolder as NSString).deletingLastPathComponent
        if parent == "/tmp/rota-\(getuid())" { try Self.makePrivate(parent) }
        try Self.makePrivate(runtimeFolder)
    }

    /// A real folder, not a link, that belongs to this user.
    static func isOwnFolder(_ path: String) -> Bool {
        var found = stat()
        return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR && found.st_uid == getuid()
    }

    static func makeFolder(_ path: String) throws(FolderError) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw .notAFolder(path: path) }
            return
        }
        let parent = (path as NSString).deletingLastPathComponent
        if parent != path, !parent.isEmpty { try makeFolder(parent) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .cannotCreate(path: path, detail: String(cString: strerror(errno)))
        }
    }

    private static func makePrivate(_ path: String) throws(FolderError) {
        try makeFolder(path)
        var found = stat()
        guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(path: path) }
        guard found.st_uid == getuid() else { throw .foreignOwner(path: path) }
        guard found.st_mode & 0o777 != 0o700, chmod(path, 0o700) != 0 else { return }
        throw .cannotCreate(path: path, detail: String(cString: strerror(errno)))
    }
}
