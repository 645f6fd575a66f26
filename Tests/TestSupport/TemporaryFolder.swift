import Foundation

/// A folder of a test's own, removed when the test ends.
package struct TemporaryFolder: Sendable {
    package let path: String

    package func path(_ name: String) -> String { "\(path)/\(name)" }

    package static func use<T>(_ body: (TemporaryFolder) async throws -> T) async throws -> T {
        let path = "/tmp/rota-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(TemporaryFolder(path: path))
    }
}
