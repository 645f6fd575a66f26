import Foundation
import JobModel
import TestSupport
import Testing

@testable import Commands

@Suite("The folder of the person's own actions") struct ActionFolderTests {
    private static let manifest = """
        name: exchange_rate
        summary: Looks up a rate of exchange.
        risk: reads
        parameters:
          type: object
          properties:
            from: {type: string, description: A currency.}
            places: {type: integer, default: 2}
          required: [from]
          additionalProperties: false
        result: {type: object, properties: {rate: {type: number}}, required: [rate]}
        example: {from: EUR}
        script: rate.py
        """

    private let folder = Place()

    /// A folder that is gone with the test.
    private final class Place: Sendable {
        private let root = "/tmp/rota-test-\(UUID().uuidString)"
        func path(_ name: String) -> String { "\(root)/\(name)" }
        deinit { try? FileManager.default.removeItem(atPath: root) }
    }

    private func check(_ manifest: String?, name: String = "exchange_rate", script: String? = "rate.py") async throws
        -> Bench.Ending
    {
        let place = folder.path("actions/\(name)")
        try FileManager.default.createDirectory(
            atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if let manifest { try manifest.write(toFile: "\(place)/action.yaml", atomically: false, encoding: .utf8) }
        if let script {
            try "#!/bin/sh\necho '{\"rate\": 1}'\n".write(
                toFile: "\(place)/\(script)", atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(place)/\(script)")
        }
        return await Bench.run(["actions", "check", folder.path("actions")])
    }

    @Test("takes an action that is sound, and makes a definition of it")
    func sound() async throws {
        let ending = try await check(Self.manifest)
        #expect(ending.answers == ["exchange_rate: sound"] && ending.exit == 0)
        let definition = try #require(ActionFolder(path: folder.path("actions")).definitions.first)
        #expect(definition.script == "actions/exchange_rate/rate.py" && definition.risk == .reads)
        #expect(definition.parameter("places")?["default"] == 2)
        #expect(
            try ActionFolder(path: folder.path("actions")).inspect("actions/exchange_rate/rate.py").get().path
                == "actions/exchange_rate/rate.py")
    }

    @Test(
        "names what is wrong, with file and line",
        arguments: [
            ("name: exchange_rate", "name: Rate", ":1:7: a name is small letters"),
            ("name: exchange_rate", "name: other", ":1:7: it is called other, and its folder exchange_rate"),
            ("risk: reads", "risk: dangerous", ":3:7: \"dangerous\" is no risk; none, reads, tells, changes are"),
            ("summary: Looks up a rate of exchange.", "sumary: x", "there is no \"sumary\""),
            ("summary: Looks up a rate of exchange.\n", "", "\"summary\" is missing"),
            ("example: {from: EUR}", "example: {form: EUR}", "its example does not fit its parameters"),
            ("script: rate.py", "script: ../rate.py", "is no file of the action's own folder"),
            ("script: rate.py", "script: gone.py", "There is no exchange_rate/gone.py"),
            ("  type: object\n", "  type: text\n", "\"parameters\" is no JSON Schema of an object"),
            ("name: exchange_rate", "name: [", "action.yaml"),
        ])
    func problems(_ from: String, _ to: String, _ line: String) async throws {
        let ending = try await check(Self.manifest.replacing(from, with: to, maxReplacements: 1))
        #expect(ending.exit == 1)
        #expect(ending.answers.contains { $0.hasPrefix("exchange_rate/action.yaml") && $0.contains(line) }, "\(ending)")
        #expect(ActionFolder(path: folder.path("actions")).definitions.isEmpty)
    }

    @Test("refuses names of the program's actions, folders without a description, and scripts that others can change")
    func more() async throws {
        let taken = try await check(Self.manifest.replacing("exchange_rate", with: "notify"), name: "notify")
        #expect(taken.answers.contains { $0.contains("notify is an action of the program") }, "\(taken)")
        let empty = try await check(nil, name: "empty")
        #expect(empty.answers.contains("empty/action.yaml: there is no action.yaml"))
        _ = try await check(Self.manifest)
        let script = folder.path("actions/exchange_rate/rate.py")
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: script)
        let open = await Bench.run(["actions", "check", folder.path("actions"), "--json"])
        #expect(open.documents.contains { $0["name"] == "exchange_rate" && $0["sound"] == false })
        #expect(await Bench.run(["actions", "check", folder.path("none")]).exit == 1)
    }

    @Test("lists and shows the program's actions")
    func listing() async {
        let list = await Bench.run(["actions", "list"])
        #expect(list.answers.contains { $0.hasPrefix("extract") && $0.contains("none") }, "\(list)")
        let show = await Bench.run(["actions", "show", "wait"])
        #expect(show.answers.contains("  for (string): A duration: 90s, 15m, 2h, 3d, 1h30m."), "\(show)")
        let rows = await Bench.run(["actions", "list", "--json"]).documents
        #expect(rows.allSatisfy { $0["type"] == "action" && $0["v"] == 1 && $0["own"] == false })
        #expect(await Bench.run(["actions", "show", "sing"]).exit == 1)
    }
}
