import ActionCatalogue
import Foundation
import JobModel
import Storage
import TestSupport
import Testing

@testable import StepExecution

@Suite("The manual of actions") struct ManualTests {
    @Test("has an index that is the catalogue, and a page for each action")
    func index() throws {
        let index = try String(contentsOf: ManualPage.folder.appending(path: "Actions.md"), encoding: .utf8)
        let rows = index.split(separator: "\n").filter { $0.hasPrefix("| [") }.map(String.init)
        let expected = ActionCatalogue().all.map {
            "| [\($0.name)](Actions/\($0.name).md) | \($0.risk.rawValue) | \($0.summary) |"
        }
        #expect(rows == expected)
        #expect(Set(ActionCatalogue().names).isSubset(of: ManualPage.names))
    }

    @Test("names every parameter and every part of the result", arguments: ManualPage.names)
    func members(_ name: String) throws {
        let page = try ManualPage(name)
        let definition = try #require(ActionCatalogue()[name], "there is no action \(name)")
        for schema in [definition.parameters, definition.result] {
            for member in schema["properties"]?.object?.keys.sorted() ?? [] {
                #expect(page.text.contains("`\(member)`"), "\(member)")
            }
        }
        #expect(page.text.hasPrefix("# \(name)\n\n\(definition.summary)\n"))
        #expect(try page.step().call.name == name)
        #expect(ActionCatalogue().problems(of: try page.step().call) == [])
    }

    @Test("has examples that run", arguments: ManualPage.names)
    func examples(_ name: String) async throws {
        try await TemporaryFolder.use { folder in
            let page = try ManualPage(name)
            let workshop = try Workshop()
            try page.writeFiles(in: workshop)
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            defer { try? store.close() }
            let result = try await run(page, workshop, store)
            if let fails = page.all("fails").first {
                #expect(result.error == fails.content.trimmingCharacters(in: .newlines))
            } else {
                #expect(result.error == nil)
            }
            for block in page.all("json") { #expect(result.value == (try JSONValue(parsing: block.content))) }
            for block in page.all("text") { #expect(result.text == block.content.trimmingCharacters(in: .newlines)) }
        }
    }

    private func run(_ page: ManualPage, _ workshop: Workshop, _ store: SQLiteStore) async throws -> StepResult {
        let (name, call) = try page.step()
        let action = Action.call(call)
        var wanted = job(action, capabilities: capabilities(of: call, workshop))
        wanted.id = 0
        let change = try await store.apply([.create(wanted)], summary: "", at: Date(timeIntervalSince1970: 0))
        var context = context(try #require(change.items.first?.after), event: ["day": "friday"])
        (context.results, context.step, context.job.capabilities) = (try page.results(), name, wanted.capabilities)
        let answer = page.all("model").first.map { ScriptedModel(.success($0.content)) }
        return await executor(page, workshop, store, answer).execute(action, in: context)
    }

    private func executor(
        _ page: ManualPage, _ workshop: Workshop, _ store: SQLiteStore, _ model: ScriptedModel?
    ) async -> StepExecutor {
        let web = (try? page.web()) ?? TableWeb()
        var services = ActionServices(web: web, store: store, zone: "Europe/Berlin")
        services.home = workshop.root
        services.playbooks = { call in
            .ended(Run(id: 9, jobID: 2, cause: .manual, due: call.began, state: .succeeded, output: "24.90"))
        }
        return StepExecutor(
            scripts: workshop.runner(), services: services, model: { model }, runNamed: { _, _ in .started })
    }

    /// What the plan of this step freezes.
    private func capabilities(of call: ActionCall, _ workshop: Workshop) -> Capabilities {
        var capabilities = Capabilities()
        let definition = ActionCatalogue()[call.name]
        for touch in definition?.touches ?? [] {
            guard let value = call.parameters[touch.parameter]?.string, let definition else { continue }
            switch touch.kind {
            case .request:
                capabilities.requests.append("\(definition.method(of: touch, in: call.parameters)) \(value)")
            case .read: capabilities.reads.append(value)
            case .write: capabilities.writes.append(value)
            case .secret: capabilities.secrets.append(value)
            case .recipient, .event, .playbook: break
            }
        }
        if call.name == "script", let path = call.parameters["path"]?.string,
            case .success(let found) = workshop.runner().inspect(path)
        {
            capabilities.scripts[found.path] = found.sha256
        }
        if call.name == "agent" { capabilities.folders = ["~/logs"] }
        if call.name == "git" { makeRepository(workshop) }
        return capabilities
    }

    private func makeRepository(_ workshop: Workshop) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "mkdir -p work/shop && git init -q work/shop"]
        process.currentDirectoryURL = URL(filePath: workshop.root)
        try? process.run()
        process.waitUntilExit()
    }
}
