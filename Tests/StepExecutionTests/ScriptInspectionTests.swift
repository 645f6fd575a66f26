import Foundation
import StepExecution
import Testing

@Suite("Which scripts may run")
struct ScriptInspectionTests {
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    private func problem(_ name: String) -> ScriptProblem? {
        guard case .failure(let problem) = workshop.runner().inspect(name) else { return nil }
        return problem
    }

    @Test(arguments: ["a.sh", "scripts/a.sh", "./a.sh", "./scripts/a.sh", " a.sh "])
    func knowsOneFileByItsNames(_ name: String) throws {
        try workshop.write("a.sh", "echo hi\n")
        let found = try workshop.runner().inspect(name).get()
        #expect(found.path == "a.sh")
        #expect(found.sha256 == "ab08508fdf5ca4da5c4995987bc41c56c048aaa5eeb046417ae4049b7d40286e")
        #expect(found.interpreter.hasSuffix("/sh"))
    }

    @Test func knowsTheWholePathToo() throws {
        let path = try workshop.write("deep/a.sh", "echo hi\n")
        #expect(try workshop.runner().inspect(path).get().path == "deep/a.sh")
    }

    @Test(arguments: ["../a.sh", "scripts/../../a.sh", "/etc/passwd", "~/a.sh", "deep/../../x.sh"])
    func refusesPathsOutside(_ name: String) {
        #expect(problem(name)?.reason == .outsideFolder)
    }

    @Test func refusesLinksThatLeave() throws {
        try FileManager.default.createSymbolicLink(atPath: "\(workshop.scripts)/out.sh", withDestinationPath: "/bin/ls")
        try FileManager.default.createSymbolicLink(atPath: "\(workshop.scripts)/up", withDestinationPath: "/")
        #expect(problem("out.sh")?.reason == .outsideFolder)
        #expect(problem("up/bin/ls")?.reason == .outsideFolder)
    }

    @Test func followsLinksThatStay() throws {
        try workshop.write("real.sh", "echo hi\n")
        try FileManager.default.createSymbolicLink(
            atPath: "\(workshop.scripts)/same.sh", withDestinationPath: "real.sh")
        #expect(try workshop.runner().inspect("same.sh").get().path == "same.sh")
    }

    @Test func namesTheNearOnesOfAMissingFile() throws {
        try workshop.write("backup.sh", "")
        try workshop.write("clean_tmp.sh", "")
        #expect(problem("bakup.sh")?.reason == .missing(near: ["backup.sh"]))
        #expect(problem("clean.sh")?.reason == .missing(near: ["clean_tmp.sh"]))
        #expect(problem("wholly-different.py")?.reason == .missing(near: []))
        #expect(problem("bakup.sh")?.message.contains("did you mean backup.sh?") == true)
    }

    @Test func refusesWhatOthersMayChange() throws {
        let path = try workshop.write("a.sh", "echo hi\n", mode: 0o622)
        #expect(problem("a.sh")?.reason == .writableByOthers("a.sh"))
        chmod(path, 0o600)
        #expect(problem("a.sh") == nil)
        chmod(workshop.scripts, 0o770)
        #expect(problem("a.sh")?.reason == .writableByOthers(workshop.scripts))
    }

    @Test func refusesAFolderInBetweenThatOthersMayChange() throws {
        try workshop.write("deep/a.sh", "echo hi\n")
        chmod("\(workshop.scripts)/deep", 0o777)
        guard case .writableByOthers = problem("deep/a.sh")?.reason else {
            Issue.record("allowed")
            return
        }
    }

    @Test func refusesWhatIsNoScript() throws {
        try workshop.write("notes", "just words\n")
        try workshop.write("notes.doc", "just words\n")
        try FileManager.default.createDirectory(
            atPath: "\(workshop.scripts)/folder.sh", withIntermediateDirectories: false)
        #expect(mkfifo("\(workshop.scripts)/pipe.sh", 0o600) == 0)
        #expect(problem("notes")?.reason == .unknownKind)
        #expect(problem("notes.doc")?.reason == .unknownKind)
        #expect(problem("folder.sh")?.reason == .notAFile)
        #expect(problem("pipe.sh")?.reason == .notAFile)
        #expect(problem("")?.reason == .noName)
    }

    @Test(arguments: [
        ("x.sh", "#!/no/such/program -x\n", ["/no/such/program"]),
        ("x", "#!/usr/bin/env no-such-program\n", ["no-such-program"]),
        ("x", "#!/usr/bin/env -S no-such-program --flag\n", ["no-such-program"]),
    ])
    func namesAMissingProgram(_ name: String, _ content: String, _ programs: [String]) throws {
        try workshop.write(name, content)
        #expect(problem(name)?.reason == .missingProgram(programs))
        #expect(problem(name)?.message == "\(name) needs \(programs[0]), which is not installed here.")
    }

    @Test(arguments: [("a.rb", ["ruby"]), ("a.ts", ["deno", "ts-node", "tsx", "npx"]), ("a.swift", ["swift"])])
    func namesThePrograms(_ name: String, _ programs: [String]) throws {
        try workshop.write(name, "x\n")
        let runner = workshop.runner(searchPath: ["/nonexistent"])
        guard case .failure(let problem) = runner.inspect(name) else {
            Issue.record("found in an empty search path")
            return
        }
        #expect(problem.reason == .missingProgram(programs))
    }

    @Test func takesTheFirstProgramThatExists() throws {
        let bin = "\(workshop.root)/bin"
        try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
        for program in ["tsx", "npx"] {
            try "#!/bin/sh\n".write(toFile: "\(bin)/\(program)", atomically: false, encoding: .utf8)
            chmod("\(bin)/\(program)", 0o700)
        }
        try workshop.write("a.ts", "x\n")
        #expect(try workshop.runner(searchPath: [bin]).inspect("a.ts").get().interpreter == "\(bin)/tsx")
    }

    @Test func saysThatTheFolderIsMissing() throws {
        try FileManager.default.removeItem(atPath: workshop.scripts)
        #expect(problem("a.sh")?.reason == .missingFolder)
    }
}
