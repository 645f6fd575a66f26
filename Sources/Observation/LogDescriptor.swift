import Foundation

/// The open file behind a log, opened again whenever its name leads elsewhere: it was deleted, moved, or rotated by
/// another program.
struct LogDescriptor: ~Copyable {
    private let path: String
    private var descriptor: Int32 = -1
    private var size = 0

    init(path: String) { self.path = path }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// False when the disk took none of it: a line is never left half written.
    mutating func write(_ line: [UInt8], limits: RotatingLogFile.Limits) -> Bool {
        guard openIfNeeded() else { return false }
        if size > 0, size + line.count > limits.size {
            rotate(keeping: limits.files)
            guard openIfNeeded() else { return false }
        }
        guard writeAll(line) else {
            ftruncate(descriptor, off_t(size))
            return false
        }
        size += line.count
        return true
    }

    private func writeAll(_ line: [UInt8]) -> Bool {
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    // MARK: Opening and rotating

    private mutating func openIfNeeded() -> Bool {
        if isCurrent { return true }
        closeFile()
        // Not blocking: a pipe without a reader is an error instead of a wait.
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { return false }
        size = Int(status.st_size)
        return true
    }

    private var isCurrent: Bool {
        var (opened, named) = (stat(), stat())
        return descriptor >= 0 && fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }

    private mutating func closeFile() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private mutating func rotate(keeping files: Int) {
        closeFile()
        for number in stride(from: files - 1, to: 1, by: -1) { rename("\(path).\(number - 1)", "\(path).\(number)") }
        if files > 1 { rename(path, "\(path).1") } else { unlink(path) }
    }
}
