import Foundation
import JobModel
import PlaybookDocuments
import Testing

struct ReadingTests {
    static let full = """
        name: Competitor prices
        agent: analyst
        category: pricing
        description: Ours against theirs.
        status: paused
        triggers:
          - schedule: every weekday at 9
            zone: Europe/Berlin
          - event: inventory.low_stock
            when: stock < 10
          - manual: true
        inputs:
          limit: {type: number, default: 10, description: Percent.}
          urls: {type: list, default: ["https://shop.example.test/a"]}
        steps:
          - name: start
            action: notify
            with: {text: "Since {{date}}", to: telegram/ops}
          - parallel:
              - name: ours
                action: script
                with: {path: ours.sh, arguments: ["--limit", "{{input.limit}}"]}
                retry: {retries: 3, base: 1s}
                timeout: 30s
              - name: theirs
                action: http
                with: {url: "https://shop.example.test/price", method: post, body: 5 EUR}
                onError: {run: rescue}
                undo: rescue
          - name: rescue
            action: system
            with: {measure: load}
          - name: say
            action: notify
            if: ours failed
            unchanged: skip
            forEach: "{{input.urls}}"
            onError: continue
            with: {text: "{{item}}: {{theirs.price}} and {{ours.number}}"}
        deliver: [telegram/ops, here]
        policies: {retries: 2, timeout: 10m}
        capabilities:
          scripts: [ours.sh]
          requests: [POST https://shop.example.test/price]
        """

    @Test func everyPartOfAFileReachesTheJob() throws {
        let reading = ReadingWorld.read(Self.full)
        #expect(reading.problems.isEmpty)
        let job = try #require(reading.playbook)
        #expect(job.name == "Competitor prices")
        #expect(job.status == .paused)
        #expect(job.playbook?.agent == "analyst")
        #expect(job.playbook?.category == "pricing")
        #expect(job.playbook?.inputs.map(\.name) == ["limit", "urls"])
        #expect(job.playbook?.inputs.first?.usual == 10)
        #expect(job.schedules.first?.text == "Every weekday at 09:00")
        #expect(job.triggers.count == 3)
        #expect(job.delivery == [Recipient("telegram/ops")])
        #expect(job.policies.retry.retries == 2)
        #expect(job.policies.timeout == 600)
        #expect(job.capabilities.requests == ["POST https://shop.example.test/price"])
        #expect(job.capabilities.scripts.keys.sorted() == ["ours.sh"])
    }

    @Test func everyPartOfAStepReachesTheStep() throws {
        let steps = try #require(ReadingWorld.read(Self.full).playbook).steps
        #expect(steps.map(\.name) == ["start", "ours", "theirs", "rescue", "say"])
        #expect(steps[0].action == .notify(text: "Since {{date}}", to: [Recipient("telegram/ops")]))
        #expect(steps[0].needs == nil)
        #expect(steps[1].needs == ["start"])
        #expect(steps[1].retry?.retries == 3)
        #expect(steps[1].timeout == 30)
        #expect(steps[2].needs == ["start"])
        #expect(steps[2].action == .http(method: "POST", url: "https://shop.example.test/price", body: "5 EUR"))
        #expect(steps[2].onError == .run("rescue"))
        #expect(steps[2].undoneBy == "rescue")
        #expect(steps[4].needs == ["ours", "theirs"])
        #expect(steps[4].onError == .proceed)
        #expect(steps[4].unchanged == .skip)
        #expect(steps[4].forEach == "{{input.urls}}")
        #expect(steps[4].condition?.test == .failed)
    }

    @Test func aStepBehindAGroupNeedsAllOfIt() throws {
        let text = """
            name: A
            steps:
              - parallel:
                  - {name: a, action: notify, with: {text: a}}
                  - {name: b, action: notify, needs: [], with: {text: b}}
              - {name: c, action: notify, with: {text: c}}
              - {name: d, action: notify, with: {text: d}}
            """
        let steps = try #require(ReadingWorld.read(text).playbook).steps
        #expect(steps.map(\.needs) == [[], [], ["a", "b"], nil])
    }

    @Test func whatRunsOnRequestIsNoStepBefore() throws {
        let text = """
            name: A
            steps:
              - {name: a, action: notify, onError: {run: b}, with: {text: a}}
              - {name: b, action: notify, with: {text: b}}
              - {name: c, action: notify, with: {text: c}}
            """
        #expect(try #require(ReadingWorld.read(text).playbook).steps.map(\.needs) == [nil, nil, ["a"]])
    }

    @Test func anActionOfTheCatalogueIsCalled() throws {
        let text = """
            name: A
            steps:
              - {name: keep, action: set, with: {values: {limit: 10, word: "10"}}}
              - {name: stop, action: fail, with: {reason: "{{keep.limit}} is too little"}}
            """
        let steps = try #require(ReadingWorld.read(text).playbook).steps
        #expect(steps[0].action == .call(ActionCall("set", ["values": ["limit": 10, "word": "10"]])))
        #expect(steps[1].action == .call(ActionCall("fail", ["reason": "{{keep.limit}} is too little"])))
    }

    @Test func aFileWithoutTriggersRunsWhenSomebodySaysSo() throws {
        let text =
            "{\"name\": \"A\", \"steps\": [{\"name\": \"a\", \"action\": \"prompt\", \"with\": {\"text\": \"Hi\"}}]}"
        let job = try #require(ReadingWorld.read(text, .json).playbook)
        #expect(job.triggers.map(\.kind) == [.manual])
        #expect(job.status == .active)
        #expect(job.policies == .usual(for: job))
    }

    @Test func whatIsOnlyDoubtfulStopsNothing() throws {
        let text = """
            name: A
            triggers:
              - schedule: every day at 9
              - event: run.faild
            inputs:
              limit: {type: number}
            steps:
              - {name: a, action: notify, with: {text: "{{input.limit}}", to: [pager]}}
            deliver: mail
            """
        let reading = ReadingWorld.read(text)
        #expect(reading.playbook != nil)
        #expect(
            reading.problems.map { $0.text(in: "a") } == [
                "a:4:12: warning: nothing here emits \"run.faild\"; did you mean \"run.failed\"?",
                "a:6:3: warning: \"limit\" has no default, and runs by a trigger are given none",
                "a:8:67: warning: pager is not configured: until it is, outcomes stay in the conversation",
                "a:9:10: warning: mail is not configured: until it is, outcomes stay in the conversation",
            ])
    }
}
