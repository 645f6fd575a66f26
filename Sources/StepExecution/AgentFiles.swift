import Foundation

/// Text files below one folder (or one such file), for an agent: read-only, and so that nothing outside can be
/// reached.
///
/// A path is resolved first, links included, and refused where it leaves the folder; then it is opened name by name
/// from the folder's descriptor, without following links, so that nothing can be exchanged in between.
struct AgentFiles: Sendable {
    /// Bytes that one reading gives, and names that one listing gives.
    static let readLimit = 24 << 10
    static let mostNames = 200

    /// Absolute, as it was granted.
    let folder: String

    enum Problem: Error, Hashable, Sendable {
        /// The grant does not reach so far.
        case forbidden(String)
        /// It may be asked for, and cannot be had.
        case unusable(String)
    }

    /// "a.log (1204 bytes)", "old/", one line each; hidden names are left out.
    func list(_ path: String) throws(Problem) -> String {
        let descriptor = try open(path, flags: O_RDONLY | O_DIRECTORY)
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            throw .unusable("the folder cannot be read")
        }
        defer { closedir(stream) }
        var lines: [String] = []
        while let entry = readdir(stream), lines.count <= 20 * Self.mostNames {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix("."), let line = Self.line(name, in: dirfd(stream)) { lines.append(line) }
        }
        lines.sort()
        guard lines.count > Self.mostNames else { return lines.isEmpty ? "(empty)" : lines.joined(separator: "\n") }
        return lines.prefix(Self.mostNames).joined(separator: "\n") + "\n(and \(lines.count - Self.mostNames) more)"
    }

    /// Up to `readLimit` bytes of a text file with a line that says which.
    ///
    /// - Parameter from: the first byte; negative counts from the end of the file.
    func read(_ path: String, from: Int) throws(Problem) -> String {
        let descriptor = try open(path, flags: O_RDONLY | O_NONBLOCK)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unusable("it is no file")
        }
        let size = Int(status.st_size)
        let start = max(0, min(size, from >= 0 ? from : max(-size, from) + size))
        var bytes = [UInt8](repeating: 0, count: Self.readLimit)
        let count = pread(descriptor, &bytes, bytes.count, off_t(start))
        guard count >= 0 else { throw .unusable("it cannot be read") }
        guard let text = Self.text(bytes[..<count]) else { throw .unusable("it is no text") }
        return "(bytes \(start) to \(start + count) of \(size))\n\(text)"
    }

    // MARK: Reaching it

    private func open(_ path: String, flags: Int32) throws(Problem) -> Int32 {
        guard let root = FilePaths.resolved(folder) else { throw .unusable("the folder \(folder) does not exist") }
        let names = try names(of: path, below: root)
        let first = names.isEmpty ? flags : O_RDONLY | O_DIRECTORY
        var descriptor = Foundation.open(root, first | O_NOFOLLOW | O_CLOEXEC)
        for (place, name) in names.enumerated() where descriptor >= 0 {
            let isLast = place == names.count - 1
            let next = openat(
                descriptor, name, (isLast ? flags : O_RDONLY | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC)
            close(descriptor)
            descriptor = next
        }
        guard descriptor >= 0 else { throw .unusable("it cannot be opened") }
        return descriptor
    }

    /// The names to go through from the folder on; none for the folder itself.
    private func names(of path: String, below root: String) throws(Problem) -> [String] {
        guard !path.contains("\0"), !path.hasPrefix("~") else { throw .forbidden("that is no path below \(folder)") }
        let full = path.hasPrefix("/") ? path : "\(root)/\(path)"
        // What does not exist is judged by its words, so that nobody learns what there is outside.
        let resolved = FilePaths.resolved(full)
        let inside = resolved.map { Self.inside($0, root) } ?? Self.inside(full, root) ?? Self.inside(full, folder)
        guard let inside else {
            throw .forbidden("only what is below \(folder) may be read")
        }
        guard !inside.contains(where: { $0.hasPrefix(".") }) else { throw .forbidden("hidden files may not be read") }
        guard resolved != nil else { throw .unusable("there is no such file below \(folder)") }
        return inside
    }

    private static func inside(_ path: String, _ root: String) -> [String]? {
        let base = root.hasSuffix("/") ? root : root + "/"
        guard path == root || path.hasPrefix(base) else { return nil }
        let names = path.dropFirst(base.count).split(separator: "/").map(String.init)
        return names.contains("..") ? nil : names
    }

    // MARK: What is there

    private static func line(_ name: String, in folder: Int32) -> String? {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return name + "/"
        case S_IFREG: return "\(name) (\(status.st_size) bytes)"
        case S_IFLNK: return "\(name) (link)"
        default: return nil
        }
    }

    /// `nil` for what is not UTF-8; characters that were cut at either end are left out.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        guard !bytes.contains(0) else { return nil }
        let head = bytes.prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
        for tail in 0...3 where tail <= bytes.count - head {
            if let text = String(validating: bytes.dropFirst(head).dropLast(tail), as: UTF8.self) { return text }
        }
        return nil
    }
}
