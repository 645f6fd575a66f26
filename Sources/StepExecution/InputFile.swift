import Foundation

/// Standard input of a process as a file without a name.
///
/// A pipe would raise SIGPIPE here when a script ends without reading, and would block on one that never reads.
enum InputFile {
    struct Failure: Error {}

    /// A descriptor at the beginning of `bytes`; whoever gets it closes it.
    static func descriptor(for bytes: [UInt8]?) throws -> Int32 {
        guard let bytes, !bytes.isEmpty else {
            let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard null >= 0 else { throw Failure() }
            return null
        }
        let path = "\(NSTemporaryDirectory())/rota-input-\(UUID().uuidString)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure() }
        unlink(path)
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            try handle.write(contentsOf: bytes)
            try handle.seek(toOffset: 0)
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }
}

/// Facts about running processes (proc(5)).
enum ProcessTable {
    /// Clock ticks after boot at which it started; `nil` where it is gone.
    static func startTime(of pid: Int32) -> UInt64? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? UInt64(fields[19]) : nil
    }
}
