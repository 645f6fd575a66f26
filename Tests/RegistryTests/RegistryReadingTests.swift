import Documents
import Foundation
import JobModel
import Testing

@testable import Registry

struct RegistryReadingTests {
    @Test func makesJobsOfEveryAction() async throws {
        try await RegistryWorld.use { world in
            let reading = read(
                """
                jobs:
                  - {name: A, cron: "0 9 * * *", action: agent_workflow, payload: {prompt: digest}}
                  - {name: B, when: every friday at 17, timezone: Asia/Tokyo, action: script,
                     payload: {path: b.sh, arguments: [--full]}, deliver: [log, telegram/ops, here]}
                  - {name: C, event: run.failed, action: notify, payload: {text: "{{event.job}} failed"}}
                  - {name: D, cron: "@every 30s", action: http,
                     payload: {method: post, url: "https://a.example.test/x", body: hi}}
                  - {name: E, cron: "@reboot", enabled: false, action: playbook, payload: {name: morning},
                     description: what we do first, policies: {timeout: 10m, overlap: queue-one, reuse_answers: 6h}}
                """, as: "jobs.yaml", in: world)
            #expect(reading.problems.isEmpty)
            #expect(
                reading.jobs.map { $0.steps[0].action } == [
                    .prompt(text: "digest", gather: []), .script(path: "b.sh", arguments: ["--full"]),
                    .notify(text: "{{event.job}} failed", to: []),
                    .http(method: "POST", url: "https://a.example.test/x", body: "hi"), .playbook(name: "morning"),
                ])
            #expect(reading.jobs[0].policies.retry == .network)
            #expect(reading.jobs[1].schedules.first?.zone == "Asia/Tokyo")
            #expect(reading.jobs[1].delivery.map(\.description) == ["log", "telegram/ops"])
            #expect(reading.jobs[1].capabilities.scripts == ["b.sh": String(repeating: "0", count: 64)])
            #expect(reading.jobs[2].triggers.map(\.kind) == [.event(EventFilter(name: "run.failed"))])
            #expect(reading.jobs[3].capabilities.requests == ["POST https://a.example.test/x"])
            #expect(reading.jobs[4].status == .paused)
            #expect(reading.jobs[4].policies.timeout == 600)
            #expect(reading.jobs.map(\.policies.reuseAnswers) == [nil, nil, nil, nil, 21_600])
            #expect(reading.jobs.allSatisfy { $0.provenance.registry == "jobs.yaml" })
            #expect(reading.jobs.allSatisfy { $0.provenance.interpreter == "registry" })
        }
    }

    @Test func makesJobsOfAgents() async throws {
        try await RegistryWorld.use { world in
            let reading = read(
                """
                jobs:
                  - name: A
                    cron: "0 * * * *"
                    action: agent
                    payload: {goal: Check the logs, agent: researcher, rounds: 8, output: log,
                              tools: ["read:/var/log/shop", "get:https://a.example.test/*", "script:b.sh", jobs]}
                """, as: "jobs.yaml", in: world)
            #expect(reading.problems.isEmpty)
            let job = try #require(reading.jobs.first)
            #expect(
                job.steps[0].action
                    == .agent(
                        AgentOrder(
                            goal: "Check the logs", persona: "researcher",
                            tools: [
                                .read(folder: "/var/log/shop"), .get(address: "https://a.example.test/*"),
                                .script(path: "b.sh", arguments: []), .jobs,
                            ], rounds: 8)))
            #expect(job.capabilities.folders == ["/var/log/shop"] && job.capabilities.listsJobs)
            #expect(job.capabilities.scripts.keys.sorted() == ["b.sh"] && job.delivery == [Recipient("log")])
        }
    }

    @Test(arguments: [
        (", \"cron\": \"99 9 * * *\"", "\"99 9 * * *\": "), (", \"cron\": \"0 0 30 2 *\"", "0 0 30 2 *"),
        (", \"when\": \"every day at 5\"", "Write which: 05:00, 17:00"), (", \"when\": \"wibble\"", "\"wibble\""),
        (", \"when\": \"on 2 January 2026 at 10:00\"", "2 January 2026"),
        (", \"cron\": \"@daily\", \"timezone\": \"Europe/Berln\"", "did you mean Europe/Berlin"),
        (", \"event\": \"some thing\"", "no event"),
        (", \"cron\": \"@daily\", \"policies\": {\"retries\": 1000}", "retries: 1000 is out of range"),
        (", \"cron\": \"@daily\", \"policies\": {\"timeout\": \"soon\"}", "\"soon\" is no length of time"),
        (
            ", \"cron\": \"@daily\", \"policies\": {\"reuse_answers\": \"60d\"}",
            "reuse_answers: \"60d\" is out of range"
        ),
    ])
    func refusesWhatCannotBeMeant(more: String, says: String) async throws {
        try await RegistryWorld.use { world in
            let entry = "{\"name\": \"A\", \"action\": \"notify\", \"payload\": {\"text\": \"t\"}\n\(more)}"
            let reading = read("[\n\(entry)]", as: "jobs.json", in: world)
            #expect(reading.problems.map(\.place.line) == [3])
            #expect(reading.problems.first?.message.contains(says) == true, "\(reading.problems)")
        }
    }

    @Test func allProblemsAreListed() async throws {
        try await RegistryWorld.use { world in
            let mine = try await world.store.apply(
                [.create(person("Mine"))], summary: "", at: world.now)
            let reading = RegistryReading(
                """
                [
                  \(reminder("A", cron: "0 9 * *")),
                  {"name": "B", "cron": "61 * * * *", "action": "script", "payload": {"path": "missing.sh"}},
                  \(reminder("a")),
                  \(reminder("MINE")),
                  {"name": "C" "cron": 1},
                  \(reminder("D", ", \"polices\": {}"))
                ]
                """, file: "jobs.json", stored: mine.items.compactMap(\.after), builder: world.builder)
            #expect(reading.problems.map(\.place.line) == [2, 3, 3, 4, 5, 6, 7])
            let texts = reading.problems.map { $0.text(in: "jobs.json") }
            #expect(texts[3].hasPrefix("jobs.json:4:12: \"a\" is declared in line 2 already"))
            #expect(texts[4].contains("\"Mine\" is a job of yours already (number 1)"))
            #expect(texts[6].contains("did you mean \"policies\"?"))
        }
    }

    @Test func gatewaysThatAreMissingAreAWarning() async throws {
        try await RegistryWorld.use { world in
            let reading = read("[\(reminder("A", ",\n\"deliver\": [\"pigeon\"]"))]", as: "jobs.json", in: world)
            #expect(reading.problems.isEmpty)
            #expect(reading.warnings.map(\.place.line) == [2])
        }
    }

    private func read(_ text: String, as file: String, in world: RegistryWorld) -> RegistryReading {
        RegistryReading(text, file: file, stored: [], builder: world.builder)
    }
}

private func reminder(_ name: String, _ more: String) -> String { reminder(name, cron: "0 9 * * *", more) }

/// A job that no file declares.
func person(_ name: String) -> Job {
    Job(
        name: name, triggers: [Trigger(.manual)], steps: [Step(name: "notify", action: .notify(text: name, to: []))],
        provenance: Provenance(sentence: "tell me", interpreter: "offline"), createdAt: RegistryWorld.now)
}
