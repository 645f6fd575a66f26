import Foundation
import JobModel
import Planning
import Registry
import Signing
import TestSupport

/// A config folder and a store, on a morning in March.
struct RegistryWorld: Sendable {
    static let now = Date(timeIntervalSince1970: 1_774_598_100)  // Fri 27 Mar 2026 08:55 in Berlin

    let store: any JobStore
    let folder: TemporaryFolder
    var now = Self.now
    var zone = "Europe/Berlin"
    /// The content of every script.
    var scripts = "0"
    var gateways: Set<String> = ["telegram", "log"]

    static func use<T>(
        store: any JobStore = InMemoryStore(), _ body: (inout RegistryWorld) async throws -> T
    ) async throws -> T {
        try await TemporaryFolder.use { folder in
            chmod(folder.path, 0o700)
            var world = RegistryWorld(store: store, folder: folder)
            return try await body(&world)
        }
    }

    func write(_ text: String, as name: String = "jobs.json") throws {
        try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
        chmod(folder.path(name), 0o600)
    }

    @discardableResult
    func sync() async throws -> RegistrySync.Outcome {
        let (now, zone) = (now, zone)
        let surroundings = surroundings
        return try await RegistrySync(
            store: store, folder: folder.path, now: { now }, zone: { zone }, surroundings: { _ in surroundings },
            digest: { SHA256Digest.hex(of: $0) }
        ).sync()
    }

    /// Writes the file and applies it; returns the line that it came to.
    func sync(_ text: String, as name: String = "jobs.json") async throws -> String {
        try write(text, as: name)
        switch try await sync() {
        case .none: return "none"
        case .unchanged(_, let jobs): return "\(jobs) unchanged"
        case .applied(let line), .refused(let line): return line
        }
    }

    var builder: JobBuilder { JobBuilder(zone: zone, now: now, surroundings: surroundings) }

    func job(_ name: String) async throws -> Job? { try await store.jobs().first { $0.name == name } }

    var messages: [String] { get async throws { try await store.messages(unseenOnly: false, limit: 100).map(\.text) } }

    private var surroundings: Surroundings {
        let (gateways, scripts) = (gateways, scripts)
        var surroundings = Surroundings.permissive
        surroundings.hasGateway = { gateways.contains($0.gateway) || $0.isConversation }
        surroundings.inspectScript = { path in
            path.hasPrefix("missing")
                ? .failure(.init("There is no \(path) in scripts; put it there first."))
                : .success(.init(path: path, sha256: String(repeating: scripts, count: 64)))
        }
        surroundings.problemWithURL = { $0.hasPrefix("https://") ? nil : "\"\($0)\" is no URL that can be requested." }
        return surroundings
    }
}

/// An entry that reminds of something, with more members where wanted.
func reminder(_ name: String, cron: String = "0 9 * * *", _ more: String = "") -> String {
    "{\"name\": \"\(name)\", \"cron\": \"\(cron)\", \"action\": \"notify\", \"payload\": {\"text\": \"\(name)\"}\(more)}"
}
