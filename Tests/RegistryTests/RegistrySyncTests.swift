import Foundation
import JobModel
import Scheduling
import Storage
import TestSupport
import Testing

@testable import Registry

struct RegistrySyncTests {
    @Test func saysWhatWasAddedChangedAndRemoved() async throws {
        try await RegistryWorld.use { world in
            let first = try await world.sync("[\(reminder("Report")), \(reminder("Old"))]")
            #expect(first == "jobs.json: added \"Report\", \"Old\".")
            let number = try await world.job("Report")?.id
            let second = try await world.sync("[\(reminder("Backup")), \(reminder("Report", cron: "0 10 * * *"))]")
            #expect(
                second == "jobs.json: added \"Backup\"; changed \"Report\" (when: every day at 09:00 → every day at "
                    + "10:00); removed \"Old\".")
            #expect(
                try await world.sync("[\(reminder("Report", cron: "0 10 * * *")), \(reminder("Backup"))]")
                    == "2 unchanged")
            #expect(try await world.job("Report")?.id == number)
            #expect(try await world.messages == [first, second])
            #expect(try await world.store.changes(limit: 10).count == 2)
        }
    }

    @Test(arguments: [
        (", \"deliver\": [\"log\"]", "goes to: the conversation → log"),
        (", \"policies\": {\"retries\": 2}", "retries: as usual → 2"), (", \"enabled\": false", "off"),
        (", \"timezone\": \"Asia/Tokyo\"", "zone: Europe/Berlin → Asia/Tokyo"),
    ])
    func saysWhatDiffers(more: String, says: String) async throws {
        try await RegistryWorld.use { world in
            _ = try await world.sync("[\(reminder("A"))]")
            let line = try await world.sync("[\(reminder("A", cron: "0 9 * * *", more))]")
            #expect(line.hasPrefix("jobs.json: changed \"A\" (\(says))."), "\(line)")
        }
    }

    @Test func aBrokenFileChangesNothingAndIsToldOnce() async throws {
        try await RegistryWorld.use { world in
            _ = try await world.sync("[\(reminder("A"))]")
            let before = try await world.store.jobs()
            let broken = "[\n\(reminder("B")),\n\(reminder("A", cron: "0 25 * * *"))]"
            let line = try await world.sync(broken)
            #expect(line.hasPrefix("jobs.json:3:"))
            #expect(line.hasSuffix(" Nothing was changed."))
            #expect(try await world.sync(broken) == line)
            #expect(try await world.messages.count == 2)
            #expect(try await world.sync(broken + "\n") == line)
            #expect(try await world.messages.count == 3)
            #expect(try await world.store.jobs() == before)
            #expect(try await world.sync("[\(reminder("A"))]") == "1 unchanged")
            _ = try await world.sync(broken)
            #expect(try await world.messages.count == 4)
        }
    }

    @Test func aPauseOfThePersonStaysUntilTheFileSaysOtherwise() async throws {
        try await RegistryWorld.use { world in
            _ = try await world.sync("[\(reminder("A"))]")
            try await pause("A", in: world)
            _ = try await world.sync("[\(reminder("A", cron: "0 10 * * *"))]")
            #expect(try await world.job("A")?.status == .paused)
            _ = try await world.sync("[\(reminder("A", cron: "0 10 * * *", ", \"enabled\": false"))]")
            #expect(try await world.job("A")?.status == .paused)
            _ = try await world.sync("[\(reminder("A", cron: "0 10 * * *", ", \"enabled\": true"))]")
            #expect(try await world.job("A")?.status == .active)
        }
    }

    @Test func wordsMeanWhatTheyMeantWhenTheyWereWritten() async throws {
        try await RegistryWorld.use { world in
            let text = """
                [{"name": "A", "when": "tomorrow at 9:00", "action": "notify", "payload": {"text": "t"}}]
                """
            _ = try await world.sync(text)
            let triggers = try await world.job("A")?.triggers
            world.now += 7 * 86_400
            #expect(try await world.sync(text) == "1 unchanged")
            #expect(try await world.job("A")?.triggers == triggers)
        }
    }

    @Test func scriptsWaitForAnApprovalAndAgainWhenTheyChange() async throws {
        try await RegistryWorld.use { world in
            let text =
                "[{\"name\": \"A\", \"cron\": \"@daily\", \"action\": \"script\", \"payload\": {\"path\": \"a.sh\"}}]"
            #expect(try await world.sync(text).contains("One of them waits for your approval"))
            let approval = try #require(try await world.store.approvals(waitingOnly: true).first)
            #expect(try await world.store.decide(approval: approval.id, approved: true, at: world.now))
            try await world.store.agree(to: ["script:a.sh:\(String(repeating: "0", count: 64))"])
            #expect(try await world.sync(text) == "1 unchanged")
            world.scripts = "1"
            #expect(
                try await world.sync(text).hasPrefix("jobs.json: changed \"A\" (a.sh has new content). One of them"))
            #expect(try await world.job("A")?.status == .draft)
        }
    }

    @Test func whatIsSwitchedOffIsNotAskedAbout() async throws {
        try await RegistryWorld.use { world in
            func entry(_ enabled: Bool) -> String {
                "[{\"name\": \"A\", \"cron\": \"@daily\", \"action\": \"script\", \"payload\": {\"path\": \"a.sh\"}, \"enabled\": \(enabled)}]"
            }
            _ = try await world.sync(entry(false))
            #expect(try await world.store.approvals(waitingOnly: true).isEmpty)
            #expect(try await world.job("A")?.status == .draft)
            _ = try await world.sync(entry(true))
            #expect(try await world.store.approvals(waitingOnly: true).count == 1)
        }
    }

    @Test func anUndoneChangeComesBackWithTheNextLook() async throws {
        try await RegistryWorld.use { world in
            _ = try await world.sync("[\(reminder("A")), \(reminder("B"))]")
            _ = try await world.sync("[\(reminder("A", cron: "0 10 * * *")), \(reminder("C"))]")
            let change = try #require(try await world.store.changes(limit: 1).first)
            try await world.store.revert(change, forward: false, at: world.now)
            #expect(try await Set(world.store.jobs().map(\.name)) == ["A", "B"])
            guard case .applied = try await world.sync() else {
                Issue.record("nothing was put back")
                return
            }
            #expect(try await Set(world.store.jobs().map(\.name)) == ["A", "C"])
            #expect(try await world.job("A")?.schedules.first?.text == "Every day at 10:00")
        }
    }

    @Test func aFileThatIsGoneCostsNothing() async throws {
        try await RegistryWorld.use { world in
            #expect(try await world.sync() == .none)
            _ = try await world.sync("[\(reminder("A"))]")
            try FileManager.default.removeItem(atPath: world.folder.path("jobs.json"))
            let gone = "jobs.json is gone; its job stays as it is. Put it back, or write one with [] to remove them."
            #expect(try await world.sync() == .refused(gone))
            #expect(try await world.sync() == .refused(gone))
            #expect(try await world.messages.count == 2)
            // The same job under another name of the file is the same job.
            #expect(try await world.sync("- \(reminder("A"))", as: "jobs.yaml").hasPrefix("jobs.yaml: changed \"A\""))
            #expect(try await world.sync("[]", as: "jobs.yaml") == "jobs.yaml: removed \"A\".")
        }
    }

    @Test func refusesFilesThatAreNotThePersonsAlone() async throws {
        try await RegistryWorld.use { world in
            try world.write("[\(reminder("A"))]")
            try world.write("[]", as: "jobs.yaml")
            #expect(try await refusal(in: world).contains("jobs.json and jobs.yaml are both"))
            try FileManager.default.removeItem(atPath: world.folder.path("jobs.yaml"))
            chmod(world.folder.path("jobs.json"), 0o622)
            #expect(try await refusal(in: world).contains("can be changed by others; chmod go-w"))
            chmod(world.folder.path("jobs.json"), 0o600)
            chmod(world.folder.path, 0o777)
            #expect(try await refusal(in: world).contains("can be changed by others; chmod go-w"))
            #expect(try await world.store.jobs().isEmpty)
        }
    }

    // MARK: Property

    /// On the real store too: what is read back from it must equal what was declared.
    @Test(arguments: [false, true])
    func leavesExactlyTheLastRegistryAndThePersonsJobs(onDisk: Bool) async throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<(onDisk ? 10 : 60) {
            let (first, second) = (RandomRegistry(using: &random), RandomRegistry(using: &random))
            try await TemporaryFolder.use { folder in
                let store: any JobStore =
                    onDisk ? try await SQLiteStore.open(at: folder.path("rota.db")) : InMemoryStore()
                try await RegistryWorld.use(store: store) { world in
                    _ = try await store.apply([.create(person("Mine"))], summary: "", at: world.now)
                    let mine = try await world.job("Mine")
                    _ = try await world.sync(first.text)
                    _ = try await world.sync(second.text)
                    #expect(try await world.sync(second.text) == "\(second.names.count) unchanged")
                    let jobs = try await store.jobs()
                    #expect(Set(jobs.map(\.name)) == Set(second.names).union(["Mine"]))
                    #expect(jobs.first { $0.name == "Mine" } == mine)
                    let fresh = RegistryReading(second.text, file: "jobs.json", stored: [], builder: world.builder)
                    for job in fresh.jobs {
                        let stored = jobs.first { $0.name == job.name }
                        #expect(stored?.steps == job.steps)
                        #expect(stored?.triggers.map(\.kind) == job.triggers.map(\.kind))
                        #expect(stored?.isEnabledByFile == job.isEnabledByFile)
                    }
                }
            }
        }
    }

    private func pause(_ name: String, in world: RegistryWorld) async throws {
        var job = try #require(try await world.job(name))
        job.status = .paused
        _ = try await world.store.apply([.update(job)], summary: "paused", at: world.now)
    }

    private func refusal(in world: RegistryWorld) async throws -> String {
        guard case .refused(let line) = try await world.sync() else { return "" }
        return line
    }
}

/// Up to six of eight names, each with one of many entries.
private struct RandomRegistry {
    let names: [String]
    let text: String

    init(using random: inout SeededGenerator) {
        names = Array(
            ["A", "B", "C", "D", "E", "F", "G", "H"].shuffled(using: &random).prefix(
                Int.random(in: 0...6, using: &random)))
        var entries: [String] = []
        for name in names {
            let times = [
                "\"cron\": \"\(Int.random(in: 0...59, using: &random)) 9 * * *\"", "\"when\": \"every friday at 17\"",
                "\"event\": \"run.failed\"",
            ]
            let actions = [
                "\"action\": \"notify\", \"payload\": {\"text\": \"t\"}",
                "\"action\": \"script\", \"payload\": {\"path\": \"a.sh\"}",
                "\"action\": \"http\", \"payload\": {\"url\": \"https://a.example.test/\"}",
            ]
            let more = [
                "", ", \"enabled\": false", ", \"deliver\": [\"log\"]",
                ", \"policies\": {\"retries\": 2, \"retry_base\": \"0.3s\"}",
            ]
            entries.append(
                "{\"name\": \"\(name)\", \(times.randomElement(using: &random)!), \(actions.randomElement(using: &random)!)\(more.randomElement(using: &random)!)}"
            )
        }
        text = "[\(entries.joined(separator: ",\n"))]"
    }
}
