import Foundation

/// The registry in a config folder, as it lies on the disk.
package struct RegistryFile: Hashable, Sendable {
    package let path: String

    package var name: String { (path as NSString).lastPathComponent }

    /// Why a registry cannot be used, as a whole sentence.
    package struct Unusable: Error, Hashable, Sendable {
        package let message: String
    }

    private static let sizeLimit = 1 << 20

    package init(path: String) { self.path = path }

    /// The registry of the folder; `nil` where there is none, or a link to nothing. Two of them are refused.
    package static func find(in folder: String) throws(Unusable) -> RegistryFile? {
        let found = RegistryFormat.fileNames.map { RegistryFile(path: "\(folder)/\($0)") }
            .filter { access($0.path, F_OK) == 0 }
        guard found.count < 2 else {
            let names = found.map(\.name).joined(separator: " and ")
            throw Unusable(message: "\(names) are both in \(folder); keep one of them.")
        }
        return found.first
    }

    /// Its text, if nobody but the person can have written it: what stands in it is taken for the person's word.
    package func trustedText() throws(Unusable) -> String {
        guard let real = realpath(path, nil) else { throw unreadable() }
        defer { free(real) }
        for folder in [(path as NSString).deletingLastPathComponent, Self.folder(of: String(cString: real))] {
            var status = stat()
            guard stat(folder, &status) == 0 else { throw unreadable() }
            try Self.check(status, shown: folder)
        }
        return try text { (status) throws(Unusable) in try Self.check(status, shown: path) }
    }

    /// Its text, whoever wrote it: to look at and not to apply.
    package func text() throws(Unusable) -> String { try text { _ in } }

    private func text(checking check: (stat) throws(Unusable) -> Void) throws(Unusable) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Unusable(message: "\(path) is no file.")
        }
        try check(status)
        guard status.st_size <= Self.sizeLimit else {
            throw Unusable(message: "\(path) is larger than 1 MiB, which is no list of jobs.")
        }
        let content = FileHandle(fileDescriptor: descriptor).readDataToEndOfFile()
        guard let text = String(validating: content, as: UTF8.self) else {
            let line =
                String(decoding: content, as: UTF8.self).prefix { $0 != "\u{FFFD}" }.count(where: \.isNewline) + 1
            throw Unusable(message: "\(name):\(line): this is not UTF-8 text.")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    private func unreadable() -> Unusable {
        Unusable(message: "\(path) cannot be read: \(String(cString: strerror(errno))).")
    }

    private static func folder(of path: String) -> String { (path as NSString).deletingLastPathComponent }

    private static func check(_ status: stat, shown: String) throws(Unusable) {
        guard status.st_uid == geteuid() else {
            throw Unusable(message: "\(shown) belongs to somebody else; it must be yours to declare jobs.")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw Unusable(
                message: "\(shown) can be changed by others; chmod go-w \(shown) makes it yours to declare jobs.")
        }
    }
}
