import ArgumentParser
import Conversation
import Foundation
import JobModel
import Planning
import PlaybookDocuments
import Terminal

struct PlaybooksCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Whether playbook files are right; every problem with its line and column.")
    @OptionGroup var options: JSONOption
    @Argument(help: "Files, YAML or JSON.") var files: [String]

    func run() async throws {
        let desk = try await PlaybookDesk.open(isInteractive: false)
        var isRight = true
        for file in files {
            let text = try desk.text(ofFile: file)
            let reading = try await desk.reading(text, file: file)
            desk.show(reading.problems, of: text, file: file, isJSON: options.json)
            if reading.hasErrors { isRight = false }
            guard let job = reading.playbook, !options.json else { continue }
            let steps = "\(job.steps.count) \(job.steps.count == 1 ? "step" : "steps")"
            desk.output.answer("\(file): \"\(job.name)\" is right, \(steps).")
            if let touches = PlaybookRows.touches(job) { desk.output.answer(touches) }
        }
        if !isRight { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

struct PlaybooksAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Stores a playbook from a file; one of that name becomes what the file says.")
    @OptionGroup var options: JSONOption
    @Flag(help: "Change a stored playbook without asking. What needs an approval still waits for it.") var yes = false
    @Argument(help: "YAML or JSON; Playbooks.md says what it holds.") var file: String

    func run() async throws {
        let desk = try await PlaybookDesk.open(isInteractive: PlaybookDesk.isPerson && !options.json)
        try await desk.store(try desk.text(ofFile: file), file: file, as: nil, agreed: yes, isJSON: options.json)
    }
}

struct PlaybooksEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Opens a playbook in $VISUAL or $EDITOR, and stores what it has become.")
    @Flag(help: "Store it without asking. What needs an approval still waits for it.") var yes = false
    @OptionGroup var argument: JobArgument

    func run() async throws {
        let desk = try await PlaybookDesk.open(isInteractive: PlaybookDesk.isPerson)
        let job = try await desk.workplace.playbook(argument)
        let text = PlaybookWriter(job).text(.yaml)
        let path = FileManager.default.temporaryDirectory.appending(path: "rota-\(UUID().uuidString).yaml").path
        try PrivateFile.write(text, to: path)
        try Editor(environment: desk.workplace.program.environment).open(path)
        let edited = try desk.text(ofFile: path)
        guard edited != text else {
            try? FileManager.default.removeItem(atPath: path)
            return desk.output.answer("Nothing was changed.")
        }
        do {
            try await desk.store(edited, file: path, as: job, agreed: yes, isJSON: false)
            try? FileManager.default.removeItem(atPath: path)
        } catch {
            // Stored, and waiting for an approval, is not lost.
            if try await desk.workplace.store.job(job.id) != job {
                try? FileManager.default.removeItem(atPath: path)
            } else {
                desk.output.note("What you wrote is kept: rota playbooks add \(path)")
            }
            throw error
        }
    }
}

/// Where playbook files are read and stored.
struct PlaybookDesk: Sendable {
    let workplace: Workplace
    let session: ConversationSession

    var output: Output { workplace.program.output }

    static var isPerson: Bool {
        Program.current.stage == nil && TerminalCapabilities.standardInputIsTerminal
            && TerminalCapabilities.standardOutputIsTerminal
    }

    static func open(isInteractive: Bool) async throws -> PlaybookDesk {
        let workplace = try await Workplace.open()
        return PlaybookDesk(workplace: workplace, session: try await workplace.session(isInteractive: isInteractive))
    }

    func text(ofFile file: String) throws -> String {
        if let text = workplace.program.files?(file) { return text }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw CommandFailure("There is no file \"\(file)\".")
        }
        guard !isFolder.boolValue else { throw CommandFailure("\"\(file)\" is a folder; a playbook is one file.") }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandFailure("\"\(file)\" cannot be read as UTF-8 text.")
        }
        return text
    }

    func reading(_ text: String, file: String) async throws -> PlaybookReading {
        PlaybookReading(
            text, syntax: PlaybookReading.Syntax(fileName: file), situation: try await session.readingSituation(),
            provenance: Provenance(sentence: "", interpreter: "playbook file"))
    }

    func show(_ problems: [PlaybookProblem], of text: String, file: String, isJSON: Bool) {
        let report = CheckReport(file: file, text: text)
        for problem in problems {
            if isJSON {
                output.answer(PlaybookRows.problem(problem, file: file).compactText)
            } else {
                for line in report.lines(problem) { output.answer(line) }
            }
        }
    }

    // MARK: Storing

    /// - Parameter known: the job that becomes what the file says; `nil` is that of the file's name, where there is one.
    func store(_ text: String, file: String, as known: Job?, agreed: Bool, isJSON: Bool) async throws {
        let reading = try await reading(text, file: file)
        show(reading.problems, of: text, file: file, isJSON: isJSON)
        guard let playbook = reading.playbook else { throw ExitCode(ExitStatus.failed.rawValue) }
        let stored = try await workplace.store.jobs()
        let before = known ?? stored.first { Job.nameKey($0.name) == Job.nameKey(playbook.name) }
        let merge = before.map { PlaybookMerge(before: $0, file: playbook) }
        let reply = await session.adopt(
            merge?.after ?? playbook, replacing: before, difference: merge?.difference ?? [], agreed: agreed)
        let status = try await answered(reply, isJSON: isJSON)
        if status != .done { throw ExitCode(status.rawValue) }
    }

    /// Asks the person at the terminal until nothing is open.
    private func answered(_ reply: Reply, isJSON: Bool) async throws -> ExitStatus {
        var reply = reply
        let shot = OneShot(isJSON: isJSON)
        while reply.question != nil, Self.isPerson {
            shot.print(reply)
            reply = await session.say(readLine() ?? "no")
        }
        return shot.print(reply)
    }
}
