import ArgumentParser
import Foundation
import Interpreters
import JobModel
import TranscriptPlayer

struct TranscriptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transcripts", abstract: "Plays conversations as tests.",
        subcommands: [TranscriptsCheck.self, TranscriptsBless.self])
}

struct TranscriptsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Says where a conversation comes out differently.")
    @Flag(help: "Start the program again at every @: the same outcomes must come.") var restarts = false
    @Option(help: "Who reads where a file does not set it: offline, or a provider whose model is played.")
    var interpreter: String?
    @Argument(help: "Files, or folders with *.talk files.") var paths: [String] = ["Transcripts"]

    func run() async throws {
        let output = Program.current.output
        var failed = 0
        let files = try TranscriptFile.find(paths)
        for file in files {
            let verdict = await file.check(restarts: restarts, interpreter: interpreter)
            if verdict.isEmpty {
                output.answer("ok    \(file.path)")
            } else {
                failed += 1
                output.answer("FAIL  \(file.path)")
                for line in verdict { output.answer("  \(line)") }
            }
        }
        output.answer("\(files.count - failed) passed, \(failed) failed")
        if failed > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

struct TranscriptsBless: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bless", abstract: "Writes what comes into the files, and prints the difference.")
    @Flag(help: "Rewrite the = lines too.") var intents = false
    @Argument(help: "Files, or folders with *.talk files.") var paths: [String] = ["Transcripts"]

    func run() async throws {
        guard Program.current.environment["CI"] == nil else {
            throw CommandFailure("CI is set: transcripts are blessed by a person who reads the difference.")
        }
        let output = Program.current.output
        for file in try TranscriptFile.find(paths) {
            do {
                let difference = try await file.bless(includesIntents: intents)
                guard !difference.isEmpty else { continue }
                output.answer(file.path)
                for line in difference { output.answer("  \(line)") }
            } catch let error as TranscriptSyntaxError {
                throw CommandFailure("\(file.path):\(error.line): \(error.message)")
            }
        }
    }
}

/// A `*.talk` file on disk.
struct TranscriptFile: Sendable {
    let path: String

    /// The files that paths name; a folder stands for the transcripts in it.
    static func find(_ paths: [String]) throws -> [TranscriptFile] {
        var found: [TranscriptFile] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandFailure("There is no file or folder \"\(path)\".")
            }
            guard isFolder.boolValue else {
                found.append(TranscriptFile(path: path))
                continue
            }
            let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
            found += names.filter { $0.hasSuffix(".talk") }.sorted().map { TranscriptFile(path: "\(path)/\($0)") }
        }
        guard !found.isEmpty else { throw CommandFailure("No *.talk file in \(paths.joined(separator: ", ")).") }
        return found
    }

    /// Lines about what came out differently; empty when nothing did.
    ///
    /// - Parameter interpreter: who reads where the file does not set it.
    func check(restarts: Bool, interpreter: String? = nil) async -> [String] {
        do {
            let report = try await play(try read(), restarts: restarts, interpreter: interpreter)
            if let trouble = report.trouble { return [trouble] }
            return report.failures.flatMap { failure in
                ["line \(failure.line): expected"] + failure.expected.map { "  \($0)" } + ["  but came"]
                    + failure.actual.map { "  \($0)" }
            }
        } catch let error as TranscriptSyntaxError {
            return ["line \(error.line): \(error.message)"]
        } catch {
            return [(error as? CommandFailure)?.message ?? "\(error)"]
        }
    }

    func bless(includesIntents: Bool) async throws -> [String] {
        let transcript = try read()
        let report = try await play(transcript, restarts: false, interpreter: nil)
        if let trouble = report.trouble { throw CommandFailure("\(path): \(trouble)") }
        let old = transcript.lines.map(\.raw).joined(separator: "\n") + "\n"
        let new = Blesser(includesIntents: includesIntents).bless(transcript, with: report)
        if new != old { try new.write(toFile: path, atomically: true, encoding: .utf8) }
        return Blesser.difference(old, new)
    }

    private func read() throws -> Transcript {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure("\"\(path)\" cannot be read as UTF-8 text.")
        }
        return try Transcript(parsing: text)
    }

    private func play(
        _ transcript: Transcript, restarts: Bool, interpreter: String?
    ) async throws -> Player.Report {
        let folder = URL(filePath: path).deletingLastPathComponent()
        let theatre = try Theatre()
        defer { theatre.close() }
        let reader = try theatre.reader(for: transcript, named: interpreter)
        let parts = theatre.parts(reader: reader, zone: transcript.setting("tz") ?? "UTC")
        return await Player(
            parts: parts, options: .init(restarts: restarts),
            files: { try? String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
        ).play(transcript)
    }
}
