import Foundation
import Glibc
import Settings
import StepExecution
import Synchronization

/// Reads keys and secrets at the last moment, and keeps only what a program printed, for five minutes.
final class SecretReader: Sendable {
    private let environment: [String: String]
    private let printed = Mutex<[String: (value: String, until: ContinuousClock.Instant)]>([:])

    private static let lifetime = Duration.seconds(300)
    private static let largestFile = 64 << 10

    init(environment: [String: String]) { self.environment = environment }

    /// The value without white space around it; `nil` where a variable is not set or nothing is there.
    func value(of source: KeySource) async throws(SecretProblem) -> String? {
        let value =
            switch source {
            case .variable(let name): environment[name]
            case .file(let path): try Self.read(path, home: environment["HOME"] ?? "/")
            case .command(let line): try await output(of: line)
            }
        guard let value = value?.trimmingCharacters(in: .whitespacesAndNewlines), !value.isEmpty else { return nil }
        return value
    }

    // MARK: A file

    /// The first line of a file that is the person's and that nobody else may read.
    static func read(_ path: String, home: String) throws(SecretProblem) -> String {
        let path = path.hasPrefix("~/") ? home + path.dropFirst() : path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SecretProblem("the file \(path) cannot be read") }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw SecretProblem("the file \(path) is no file")
        }
        guard facts.st_uid == getuid(), facts.st_mode & 0o077 == 0 else {
            throw SecretProblem("others may read the file \(path); chmod 600 it")
        }
        let content = (try? file.read(upToCount: largestFile)) ?? nil
        let text = String(decoding: content ?? Data(), as: UTF8.self)
        guard let line = text.split(whereSeparator: \.isNewline).first else {
            throw SecretProblem("the file \(path) is empty")
        }
        return String(line)
    }

    // MARK: A program

    private func output(of line: String) async throws(SecretProblem) -> String {
        if let kept = printed.withLock({ $0[line] }), kept.until > .now { return kept.value }
        let value = try await Self.run(line, environment: environment)
        printed.withLock { $0[line] = (value, .now + Self.lifetime) }
        return value
    }

    /// The first line that the program prints; it has ten seconds, and no shell reads the words.
    static func run(_ line: String, environment: [String: String]) async throws(SecretProblem) -> String {
        let words = line.split(separator: " ").map(String.init)
        guard let program = words.first else { throw SecretProblem("the program is not named") }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { throw SecretProblem("the program \(program) cannot be started") }
        // Off the cooperative pool: reading waits for the program.
        let data = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: firstLine(of: pipe, from: process)) }
        }
        guard process.terminationStatus == 0 else {
            throw SecretProblem("the program \(program) failed (exit \(process.terminationStatus))")
        }
        let text = String(decoding: data, as: UTF8.self)
        guard let value = text.split(whereSeparator: \.isNewline).first else {
            throw SecretProblem("the program \(program) printed nothing")
        }
        return String(value)
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
