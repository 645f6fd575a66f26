import Foundation
import IntentContract
import JobModel
import Planning
import TestSupport
import Testing

@testable import Conversation

/// Turns against a store, with an interpreter that answers from a table.
struct ConversationTests {
    @Test func aPipeCannotApprove() async throws {
        let desk = Desk(isInteractive: false)
        let planned = await desk.say(.createJob(CreateJob(when: "every day at 9", action: .script("backup.sh"))))
        #expect(planned.status == .needsAnswer)
        #expect(await desk.store.jobs().map(\.status) == [.draft])
        #expect(try await desk.store.armed(limit: 10).isEmpty)
        let approved = await desk.say(.approve(Approve(approval: 1)))
        #expect(approved.status == .needsAnswer)
        #expect(await desk.store.jobs().map(\.status) == [.draft])
    }

    @Test func aPersonReleasesADraft() async throws {
        let pipe = Desk(isInteractive: false)
        _ = await pipe.say(.createJob(CreateJob(when: "every day at 9", action: .script("backup.sh"))))
        let person = Desk(isInteractive: true, store: pipe.store)
        #expect(await person.say(.approve(Approve())).status == .done)
        #expect(try await pipe.store.armed(limit: 10).count == 1)
        #expect(await pipe.store.approvals(waitingOnly: true).isEmpty)
    }

    @Test func anApprovalIsBoundToItsPlan() async throws {
        let desk = Desk(isInteractive: false)
        _ = await desk.say(.createJob(CreateJob(when: "every day at 9", action: .script("backup.sh"))))
        var job = try #require(await desk.store.jobs().first)
        job.steps = [Step(name: "other", action: .script(path: "other.sh", arguments: []))]
        _ = try await desk.store.apply([.update(job)], summary: "changed behind its back", at: Desk.now)
        let person = Desk(isInteractive: true, store: desk.store)
        let reply = await person.say(.approve(Approve(approval: 1)))
        #expect(reply.status != .done, "\(reply.lines)")
        #expect(await desk.store.jobs().map(\.status) == [.draft])
    }

    @Test func aQuestionInAPipeStoresNothing() async throws {
        let desk = Desk(isInteractive: false)
        let reply = await desk.say(.createJob(CreateJob(when: "every day at 6", action: .notify("feed the cats"))))
        #expect(reply.status == .needsAnswer)
        #expect(reply.question?.about == .amPM)
        #expect(await desk.store.jobs().isEmpty)
    }

    @Test func anAnswerSettlesTheQuestion() async throws {
        let desk = Desk(isInteractive: true)
        _ = await desk.say(.createJob(CreateJob(when: "every day at 6", action: .notify("feed the cats"))))
        #expect(await desk.session.say("2").status == .done)
        let due = try #require(try await desk.store.armed(limit: 1).first?.due)
        #expect(due == Desk.now + 10 * 3600)
    }

    @Test func aNumberedNoCreatesNothing() async throws {
        let desk = Desk(isInteractive: true, hasGateways: false)
        let asked = await desk.say(.createJob(CreateJob(when: "daily", action: .notify("hello"), deliver: ["slack"])))
        #expect(asked.question?.options == ["yes", "no"])
        _ = await desk.session.say("2")
        #expect(await desk.store.jobs().isEmpty)
    }

    @Test func aYesIsHeldToTheJobAsItWasShown() async throws {
        let desk = Desk(isInteractive: true)
        _ = await desk.say(.createJob(CreateJob(name: "Tea", when: "every day at 9", action: .notify("tea"))))
        _ = await desk.say(.updateJob(UpdateJob(job: JobReference("tea"), deliver: ["slack"])))
        var elsewhere = try #require(await desk.store.jobs().first)
        elsewhere.status = .paused
        _ = try await desk.store.apply([.update(elsewhere)], summary: "paused elsewhere", at: Desk.now)
        #expect(await desk.session.say("yes").status == .needsAnswer)
        #expect(await desk.store.jobs().map(\.status) == [.paused])
    }

    @Test func deletingAsksAndUndoBringsItBack() async throws {
        let desk = Desk(isInteractive: true)
        _ = await desk.say(.createJob(CreateJob(when: "every day at 9", action: .notify("hello"))))
        let id = await desk.store.jobs().first?.id
        #expect(await desk.say(.deleteJob(DeleteJob(job: JobReference("it")))).question?.isConfirmation == true)
        #expect(await desk.session.say("yes").status == .done)
        #expect(await desk.store.jobs().isEmpty)
        _ = await desk.say(.undo(Undo()))
        #expect(await desk.store.jobs().first?.id == id)
    }

    @Test func nothingIsSaidAboutAJobThatWasNotStored() async throws {
        let desk = Desk(isInteractive: true)
        let reply = await desk.session.say("words that mean nothing")
        #expect(reply.status == .notUnderstood)
        #expect(!reply.lines.joined().contains("is on"))
    }

    @Test func controlCharactersNeverReachTheReply() async {
        let desk = Desk(isInteractive: true)
        let reply = await desk.session.say("\u{1B}[31mred\u{202E} herring")
        #expect(!reply.lines.joined().unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
    }
}

/// A conversation with its parts at hand. Mon 2 March 2026, 08:00 UTC.
private struct Desk {
    static let now = Date(timeIntervalSince1970: 1_772_438_400)

    let store: InMemoryStore
    let session: ConversationSession
    private let interpreter = TableInterpreter()

    init(isInteractive: Bool, store: InMemoryStore = InMemoryStore(), hasGateways: Bool = true) {
        self.store = store
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = false
        surroundings.hasGateway = { _ in hasGateways }
        let looked = surroundings
        session = ConversationSession(
            .init(
                store: store, interpreter: interpreter, now: { Self.now }, systemZone: "UTC",
                lookAround: { agreed in
                    var surroundings = looked
                    surroundings.isApproved = { agreed.contains($0) }
                    return surroundings
                }, presence: { .here }, wakeScheduler: {}, digest: { "digest of \($0)" }, isInteractive: isInteractive))
    }

    func say(_ intent: Intent) async -> Reply {
        await interpreter.set(intent)
        return await session.say("the sentence for \(intent.name)")
    }
}

/// Reads "the sentence for …" as the intent that was set, and nothing else.
private actor TableInterpreter: Interpreter {
    nonisolated let name = "table"
    private var intent: Intent?

    func set(_ intent: Intent) { self.intent = intent }

    func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
        guard let intent, text.hasPrefix("the sentence for") else {
            return Interpretation(interpreter: name, certainty: .none)
        }
        return Interpretation(interpreter: name, certainty: .exact, intents: [intent])
    }
}
