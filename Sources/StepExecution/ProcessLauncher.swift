import Foundation
import JobModel
import Subprocess
import Synchronization

/// Runs programs without a shell, each in a process group of its own, and leaves nothing of the group behind.
struct ProcessLauncher: Sendable {
    /// Everything that this program and its children make is private. There is no way to set the mask for a child
    /// alone, so it is set once for the process.
    private static let privateFiles: Void = { _ = umask(0o077) }()

    /// - Parameter started: told as soon as the process exists, before it is waited for.
    func run(
        _ request: ProcessRequest, started: @escaping @Sendable (ProcessIdentity) async -> Void = { _ in }
    ) async -> ProcessOutcome {
        Self.privateFiles
        let streams = Streams(limit: request.outputLimit)
        let timedOut = Mutex(false)
        let ending = await withTaskGroup(of: ProcessOutcome.Ending?.self) { group in
            group.addTask { await execute(request, into: streams, started: started) }
            group.addTask {
                try? await Task.sleep(for: .seconds(request.timeout))
                return nil
            }
            var ending = await group.next() ?? nil
            if ending == nil, !Task.isCancelled { timedOut.withLock { $0 = true } }
            group.cancelAll()
            while let other = await group.next() { ending = ending ?? other }
            return ending
        }
        let (output, errors) = streams.collected
        return ProcessOutcome(
            ending: final(ending, timedOut: timedOut.withLock(\.self)), output: output, errors: errors)
    }

    private func final(_ ending: ProcessOutcome.Ending?, timedOut: Bool) -> ProcessOutcome.Ending {
        if case .notStarted = ending { return ending ?? .cancelled }
        if timedOut { return .timedOut }
        if Task.isCancelled, ending != .exited(0) { return .cancelled }
        return ending ?? .cancelled
    }

    private func execute(
        _ request: ProcessRequest, into streams: Streams, started: @escaping @Sendable (ProcessIdentity) async -> Void
    ) async -> ProcessOutcome.Ending {
        let group = Mutex<Int32?>(nil)
        // The group outlives its leader where a child ignored TERM or went on in the background.
        defer { if let group = group.withLock(\.self), group > 1 { kill(-group, SIGKILL) } }
        do {
            let input = try InputFile.descriptor(for: request.input)
            let result = try await Subprocess.run(
                configuration(of: request),
                input: .fileDescriptor(.init(rawValue: input), closeAfterSpawningProcess: true),
                output: .sequence, error: .sequence
            ) { execution in
                let pid = execution.processIdentifier.value
                group.withLock { $0 = pid }
                await started(ProcessIdentity(pid: pid, startTime: ProcessTable.startTime(of: pid) ?? 0))
                await withTaskGroup(of: Void.self) { readers in
                    readers.addTask { await streams.drain(execution.standardOutput, isError: false) }
                    readers.addTask { await streams.drain(execution.standardError, isError: true) }
                }
            }
            return Self.ending(result.terminationStatus)
        } catch let error as SubprocessError {
            return .notStarted("it could not be started: \(error.description)")
        } catch {
            return .notStarted("it could not be started")
        }
    }

    private func configuration(of request: ProcessRequest) -> Configuration {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(request.grace))
        ]
        let variables = request.environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        return Configuration(
            executable: .path(.init(request.program)), arguments: Arguments(request.arguments),
            environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
            workingDirectory: .init(request.directory), platformOptions: options)
    }

    private static func ending(_ status: TerminationStatus) -> ProcessOutcome.Ending {
        switch status {
        case .exited(let code): .exited(Int(code))
        case .signaled(let signal): .signalled(Int(signal))
        }
    }
}

/// What a process has said so far.
private final class Streams: Sendable {
    private let kept: Mutex<(output: BoundedBytes, errors: BoundedBytes)>

    init(limit: Int) { kept = Mutex((BoundedBytes(limit: limit), BoundedBytes(limit: limit))) }

    var collected: (BoundedBytes, BoundedBytes) { kept.withLock { ($0.output, $0.errors) } }

    /// Reads to the end, so that the process never blocks on a full pipe. A stream that breaks off ends there.
    func drain(_ stream: SubprocessOutputSequence, isError: Bool) async {
        do {
            for try await buffer in stream {
                buffer.withUnsafeBytes { bytes in
                    kept.withLock { isError ? $0.errors.append(bytes) : $0.output.append(bytes) }
                }
            }
        } catch {
            return
        }
    }
}
