import Foundation
import JobModel

/// `save`: writes a file of an approved folder.
struct SaveAction: CatalogueAction {
    let places: FilePlaces

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        do throws(ActionProblem) {
            let approved = call.approvedText("path") ?? ""
            let place = try places.place(call.text("path") ?? "", approved: approved)
            guard context.job.capabilities.writes.contains(where: { covers($0, approved, place) }) else {
                throw ActionProblem("writing \(approved) is not approved for this job")
            }
            let writing = FileWriting(
                place: place, content: Self.bytes(call["content"] ?? ""),
                mode: FileWriting.Mode(rawValue: call.text("mode") ?? "") ?? .write,
                permissions: mode_t(call.text("permissions") ?? "", radix: 8) ?? 0o600)
            let outcome = await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(returning: Result { () throws(ActionProblem) in try writing.run() })
                }
            }
            let (path, count) = try outcome.get()
            return StepResult(
                text: "\(ResultText.firstLine(path)) (\(count) bytes)",
                value: ["path": .string(path), "bytes": .number(Double(count))])
        } catch {
            return StepResult(error: error.message)
        }
    }

    /// The path as it was approved, or a folder (ending in `/`) that holds it.
    private func covers(_ grant: String, _ approved: String, _ place: FilePlace) -> Bool {
        if grant == approved { return true }
        guard grant.hasSuffix("/"), let folder = try? places.fixed(grant) else { return false }
        return place.path.hasPrefix(folder)
    }

    /// A text as it is; anything else as JSON on a line.
    private static func bytes(_ content: JSONValue) -> [UInt8] {
        content.string.map { Array($0.utf8) } ?? Array((content.compactText + "\n").utf8)
    }
}

/// One file on its way to the disk. Nobody ever sees half of it.
struct FileWriting: Sendable {
    enum Mode: String, Sendable { case write, append, new }

    /// Bytes of a file that is added to.
    static let largest = 16 << 20
    private static let mostNumbers = 9_999

    let place: FilePlace
    let content: [UInt8]
    let mode: Mode
    let permissions: mode_t

    /// The path of the file, and how many bytes were written.
    func run() throws(ActionProblem) -> (String, Int) {
        let parent = try FileWay.parent(of: place, makesFolders: true)
        defer { close(parent) }
        let name = place.names[place.names.count - 1]
        switch mode {
        case .append:
            try append(to: name, in: parent)
            return (place.path, content.count)
        case .write, .new:
            let temporary = ".rota-\(UUID().uuidString)"
            try write(to: temporary, in: parent, flags: O_CREAT | O_EXCL)
            defer { unlinkat(parent, temporary, 0) }
            let final = mode == .new ? try link(temporary, asNew: name, in: parent) : name
            if mode == .write, renameat(parent, temporary, parent, final) != 0 {
                throw ActionProblem("\(place.path) \(FileWay.reason())")
            }
            fsync(parent)
            return ((place.path as NSString).deletingLastPathComponent + "/" + final, content.count)
        }
    }

    private func append(to name: String, in parent: Int32) throws(ActionProblem) {
        try write(to: name, in: parent, flags: O_CREAT | O_APPEND)
    }

    /// A file that is added to keeps its rights; a new one gets exactly those that were asked for.
    private func write(to name: String, in parent: Int32, flags: Int32) throws(ActionProblem) {
        let descriptor = openat(parent, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags, permissions)
        guard descriptor >= 0 else { throw ActionProblem("\(place.path) \(FileWay.reason())") }
        defer { close(descriptor) }
        let size = try FileWay.size(descriptor, place.path)
        guard size + content.count <= Self.largest else {
            throw ActionProblem("\(place.path) would become larger than \(Self.largest >> 20) MiB")
        }
        if size == 0 { fchmod(descriptor, permissions) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        do { try handle.write(contentsOf: content) } catch {
            if flags & O_EXCL != 0 { unlinkat(parent, name, 0) }
            throw ActionProblem("\(place.path) cannot be written: \(String(cString: strerror(errno)))")
        }
        fsync(descriptor)
    }

    /// `report.md`, `report-2.md`, `report-3.md`: the first that nobody has.
    private func link(_ temporary: String, asNew name: String, in parent: Int32) throws(ActionProblem) -> String {
        let kind = (name as NSString).pathExtension
        let stem = (name as NSString).deletingPathExtension
        for number in 1...Self.mostNumbers {
            let candidate = number == 1 ? name : "\(stem)-\(number)" + (kind.isEmpty ? "" : ".\(kind)")
            if linkat(parent, temporary, parent, candidate, 0) == 0 { return candidate }
            guard errno == EEXIST else { throw ActionProblem("\(place.path) \(FileWay.reason())") }
        }
        throw ActionProblem("\(place.path) has \(Self.mostNumbers) numbers already")
    }
}
