import Conversation
import Foundation
import Interpreters
import JobModel
import Planning
import Settings
import TestSupport

@testable import Commands

/// A program of its own for one command: what is piped in, what it said, how it ended.
enum Bench {
    struct Ending: Sendable {
        var answers: [String]
        var notes: [String]
        var exit: Int32

        /// Each answer as a JSON document.
        var documents: [JSONValue] { answers.map { (try? JSONValue(parsing: $0)) ?? .null } }
    }

    /// Friday, 27 March 2026, 08:00 in Berlin.
    static let now = Date(timeIntervalSince1970: 1_774_594_800)

    static func run(_ arguments: [String], input: [String] = []) async -> Ending {
        let environment = ConversationSession.Environment(
            store: InMemoryStore(), interpreter: OfflineInterpreter(), now: { now }, systemZone: "Europe/Berlin",
            lookAround: { _ in .permissive }, presence: { .here }, wakeScheduler: {}, digest: { $0 },
            isInteractive: false)
        let (answers, notes) = (LockedBox<[String]>([]), LockedBox<[String]>([]))
        var program = Program(
            paths: ProgramPaths(environment: ["ROTA_HOME": "/nowhere"], userID: 0), environment: [:],
            output: Output(answer: { hear($0, answers) }, note: { hear($0, notes) }), now: { now }, stage: environment)
        program.input = input
        let exit = await Program.$current.withValue(program) { await Entry.run(arguments) }
        return Ending(answers: answers.value, notes: notes.value, exit: exit)
    }

    private static func hear(_ text: String, _ box: LockedBox<[String]>) {
        box.set(box.value + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
}
