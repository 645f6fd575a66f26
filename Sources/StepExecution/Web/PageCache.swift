import Foundation
import Glibc
import JobModel
import Signing

/// Copies of pages with what their servers call them, so that an unchanged page need not be sent again.
///
/// What cannot be read or written is as if it were not there: a page is then fetched whole.
struct PageCache: Sendable {
    struct Copy: Codable, Hashable, Sendable {
        var url: String
        var fetched: Date
        var contentType: String
        var etag: String?
        var lastModified: String?
        var body: String
    }

    /// Copies that are kept at most, the latest.
    static let mostCopies = 300
    private static let largestFile = 24 << 20

    let folder: String

    /// The copy of an address that is not older than `age` seconds.
    func copy(of url: String, age: TimeInterval, at now: Date) -> Copy? {
        let descriptor = open(path(of: url), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let data = try? file.read(upToCount: Self.largestFile),
            let copy = try? JSONDecoder().decode(Copy.self, from: data), copy.url == url,
            (0...age).contains(now.timeIntervalSince(copy.fetched))
        else { return nil }
        return copy
    }

    func keep(_ copy: Copy) {
        guard let data = try? JSONEncoder().encode(copy), data.count <= Self.largestFile else { return }
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let draft = "\(folder)/.\(UUID().uuidString)"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard (try? file.write(contentsOf: data)) != nil, rename(draft, path(of: copy.url)) == 0 else {
            unlink(draft)
            return
        }
        prune()
    }

    func drop(_ url: String) { unlink(path(of: url)) }

    private func path(of url: String) -> String { "\(folder)/\(SHA256Digest.hex(of: url)).json" }

    /// Deletes the oldest copies beyond the limit.
    private func prune() {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), names.count > Self.mostCopies
        else { return }
        let files = names.map { name -> (path: String, changed: Int) in
            var facts = stat()
            let path = "\(folder)/\(name)"
            return (path, stat(path, &facts) == 0 ? facts.st_mtim.tv_sec : 0)
        }
        for file in files.sorted(by: { $0.changed < $1.changed }).dropLast(Self.mostCopies) { unlink(file.path) }
    }
}
