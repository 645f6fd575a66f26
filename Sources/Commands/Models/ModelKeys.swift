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
        // Off the cooperative pool: reading waits for the program.
        let data = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: firstLine(of: pipe, from: process)) }
        }
        guard process.terminationStatus == 0 else {
            throw .unauthorized("the key's program \(program) failed (exit \(process.terminationStatus))")
        }
        let text = String(decoding: data, as: UTF8.self)
        guard let key = text.split(whereSeparator: \.isNewline).first else {
            throw .unauthorized("the key's program \(program) printed nothing")
        }
        return String(key)
    }

    /// Seconds that the program has, its end included.
    private static let patience = 10.0

    /// Reads up to the end of the first line: a child that keeps the pipe open holds up nothing. What is still running
    /// at the end of its time is killed.
    private static func firstLine(of pipe: Pipe, from process: Process) -> [UInt8] {
        let end = Date() + patience
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        var (line, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while line.count < largestFile, !line.contains(UInt8(ascii: "\n")) {
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, Int32(max(0, end.timeIntervalSinceNow * 1000))) > 0 else { break }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            line += buffer[..<count]
        }
        while process.isRunning, Date() < end { usleep(5000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return line
    }
}
