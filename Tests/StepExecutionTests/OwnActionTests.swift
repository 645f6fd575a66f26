import ActionCatalogue
import Foundation
import JobModel
import Testing

@testable import StepExecution

@Suite("Actions of the person's own") struct OwnActionTests {
    private static let script = """
        #!/bin/sh
        read -r line
        printf '{"got": %s, "text": "done"}' "$line"
        """

    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    private var folder: String { "\(workshop.root)/actions" }

    private func write(_ text: String, to name: String = "echo/run.sh") throws {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// A call of the action, approved as its script is now.
    private func call(
        _ parameters: [String: JSONValue] = ["word": "{{event.word}}"], result: JSONValue = ["type": "object"],
        approved: Bool = true, after change: () throws -> Void = {}
    ) async throws -> StepResult {
        let definition = ActionDefinition(
            name: "echo", summary: "Echoes.", risk: .none,
            parameters: ["type": "object", "properties": ["word": ["type": "string"]], "required": ["word"]],
            result: result, script: "actions/echo/run.sh")
        var call = LocalCall(workshop)
        call.event = ["word": "$(id) \"x\""]
        call.own = OwnActions(
            folder: folder, archive: workshop.archive, definitions: { [definition] })
        if approved {
            let found = try ScriptFolder(path: folder).inspect("echo/run.sh").get()
            call.capabilities.scripts["actions/echo/run.sh"] = found.sha256
        }
        try change()
        return await call.run("echo", parameters)
    }

    @Test("get their parameters as JSON and give their result as JSON")
    func runs() async throws {
        try write(Self.script)
        let result = try await call()
        #expect(result.value == ["got": ["word": "$(id) \"x\""], "text": "done"], "\(result)")
        #expect(result.text == "done")
    }

    @Test("run as they were approved and no other way")
    func approval() async throws {
        try write(Self.script)
        #expect(try await call(approved: false).error == "actions/echo/run.sh is not approved for this job")
        let changed = try await call { try write(Self.script + "# more") }
        #expect(changed.error?.hasPrefix("actions/echo/run.sh has changed since it was approved") == true)
    }

    @Test("are held to their schemas")
    func schemas() async throws {
        try write(Self.script)
        #expect(try await call([:]).error == "echo the member \"word\" is missing")
        let wrong = try await call(result: ["type": "object", "required": ["rate"]])
        #expect(wrong.error?.hasPrefix("its result is not what echo gives") == true, "\(wrong)")
        try write("#!/bin/sh\necho no json")
        #expect(try await call().error == "echo wrote no JSON: no json")
        try write("#!/bin/sh\necho broken >&2; exit 3")
        #expect(try await call().error == "exit 3: broken")
    }

    @Test("run within limits")
    func limits() async throws {
        try write("#!/bin/sh\nprintf '{\"files\": %s, \"core\": %s}' $(ulimit -n) $(ulimit -c)")
        #expect(try await call().value == ["files": 512, "core": 0])
    }
}
