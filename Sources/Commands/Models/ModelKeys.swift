import Foundation
import Glibc
import JobModel
import Settings
import Synchronization

/// Finds the key of a model at the last moment, and keeps only what a program printed, for five minutes.
final class ModelKeys: Sendable {
    private let settings: ModelSettings
    private let environment: [String: String]
    private let printed = Mutex<(key: String, until: ContinuousClock.Instant)?>(nil)

    private static let lifetime = Duration.seconds(300)
    private static let largestFile = 64 << 10

    init(settings: ModelSettings, environment: [String: String]) {
        self.settings = settings
        self.environment = environment
    }

    /// The first key that is found; `nil` where there is none.
    func key(of address: ModelAddress) async throws(ModelError) -> String? {
        for source in settings.keySources(of: address) {
            let key =
                switch source {
                case .variable(let name): environment[name]
                case .file(let path): try Self.read(path, home: environment["HOME"] ?? "/")
                case .command(let line): try await output(of: line)
                }
            if let key = key?.trimmingCharacters(in: .whitespacesAndNewlines), !key.isEmpty { return key }
        }
        return nil
    }

    // MARK: A file

    /// The first line of a file that is the person's and that nobody else may read.
    static func read(_ path: String, home: String) throws(ModelError) -> String {
        let path = path.hasPrefix("~/") ? home + path.dropFirst() : path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unauthorized("the key file \(path) cannot be read") }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw .unauthorized("the key file \(path) is no file")
        }
        guard facts.st_uid == getuid(), facts.st_mode & 0o077 == 0 else {
            throw .unauthorized("others may read the key file \(path); chmod 600 it")
        }
        let content = (try? file.read(upToCount: largestFile)) ?? nil
        let text = String(decoding: content ?? Data(), as: UTF8.self)
        guard let line = text.split(whereSeparator: \.isNewline).first else {
            throw .unauthorized("the key file \(path) is empty")
        }
        return String(line)
    }

    // MARK: A program

    private func output(of line: String) async throws(ModelError) -> String {
        if let kept = printed.withLock({ $0 }), kept.until > .now { return kept.key }
        let key = try await Self.run(line, environment: environment)
        printed.withLock { $0 = (key, .now + Self.lifetime) }
        return key
    }

    /// The first line that the program prints; it has ten seconds, and no shell reads the words.
    static func run(_ line: String, environment: [String: String]) async throws(ModelError) -> String {
        let words = line.split(separator: " ").map(String.init)
        guard let program = words.first else { throw .unauthorized("the key's program is not named") }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { throw .unauthorized("the key's program \(program) cannot be started") }
        let deadline = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + 10, execute: deadline)
        // Off the cooperative pool: reading blocks until the program closes its output.
        let data = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = (try? pipe.fileHandleForReading.read(upToCount: largestFile)) ?? nil
                process.waitUntilExit()
                continuation.resume(returning: data)
            }
        }
        deadline.cancel()
        guard process.terminationStatus == 0 else {
            throw .unauthorized("the key's program \(program) failed (exit \(process.terminationStatus))")
        }
        let text = String(decoding: data ?? Data(), as: UTF8.self)
        guard let key = text.split(whereSeparator: \.isNewline).first else {
            throw .unauthorized("the key's program \(program) printed nothing")
        }
        return String(key)
    }
}
