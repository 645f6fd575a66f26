import Conversation
import CronExpressions
import Foundation
import IntentContract
import JobModel

/// Plays a transcript against the real planner, store, scheduler and step runner on virtual time.
package struct Player: Sendable {
    package struct Options: Sendable {
        /// Starts the program again at every `@`.
        package var restarts: Bool
        package init(restarts: Bool = false) { self.restarts = restarts }
    }

    /// A place where something else came than was expected.
    package struct Failure: Hashable, Sendable {
        /// Of the line that made it happen.
        package var line: Int
        package var expected: [String]
        package var actual: [String]
    }

    package struct Report: Sendable {
        package var failures: [Failure] = []
        /// What came of each block, as lines of a transcript.
        package var actual: [[String]] = []
        /// What was read from each block's words, as `=` lines.
        package var intents: [[String]] = []
        /// The play could not go on.
        package var trouble: String?

        package var passed: Bool { failures.isEmpty && trouble == nil }
    }

    let parts: StageParts
    let options: Options
    /// Reads a file beside the transcript.
    let files: @Sendable (String) -> String?

    package init(
        parts: StageParts, options: Options = Options(), files: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.parts = parts
        self.options = options
        self.files = files
    }

    package func play(_ transcript: Transcript) async -> Report {
        var report = Report()
        do {
            let stage = try await stage(for: transcript)
            var matcher = LineMatcher()
            for block in transcript.blocks {
                try await play(block, on: stage, matcher: &matcher, into: &report)
            }
        } catch {
            report.trouble = Self.describe(error)
        }
        return report
    }

    private static func describe(_ error: any Error) -> String {
        switch error {
        case let error as WorldLineError: error.message
        case let error as PlayError: error.message
        case let error as StoreError: error.message
        default: "\(error)"
        }
    }

    private func stage(for transcript: Transcript) async throws -> Stage {
        let name = transcript.setting("tz") ?? "UTC"
        guard let zone = try? ZoneRules.named(name) else { throw PlayError("\"\(name)\" is no time zone") }
        let clock = transcript.setting("clock") ?? "2026-01-05T08:00:00"
        guard let local = ClockLine.local(clock) else {
            throw PlayError("\"set clock \(clock)\" is no local time such as 2026-03-27T08:55:00")
        }
        let gateways = transcript.head.filter { $0.key == "gateway" }.compactMap {
            $0.value.split(separator: " ").first.map(String.init)
        }
        let grants = transcript.head.filter { $0.key == "grant" }.map(\.value)
        let world = World(gateways: gateways, grants: grants, calendars: try calendars(of: transcript))
        return try await Stage(start: zone.instant(of: local), zone: zone, world: world, parts: parts)
    }

    /// `set calendar NAME FILE`, with the file beside the transcript.
    private func calendars(of transcript: Transcript) throws -> [HolidayCalendar] {
        try transcript.head.filter { $0.key == "calendar" }.map { setting in
            let words = setting.value.split(separator: " ").map(String.init)
            guard words.count == 2, let text = files(words[1]) else {
                throw PlayError(
                    "line \(setting.number): \"set calendar\" is a name and a file beside the transcript that can be read"
                )
            }
            let file = words[1].split(separator: "/").last.map(String.init) ?? words[1]
            do throws(ICalendarError) {
                return try HolidayCalendar(name: words[0], file: file, content: Array(text.utf8))
            } catch {
                throw PlayError("\(words[1]) \(error.message)")
            }
        }
    }

    // MARK: Blocks

    private func play(
        _ block: Transcript.Block, on stage: Stage, matcher: inout LineMatcher, into report: inout Report
    ) async throws {
        var actual: [String] = []
        var intents: [String] = []
        switch block.stimulus.marker {
        case .said:
            intents = await read(block.text, on: stage)
            actual = Self.lines(of: await stage.say(block.text))
        case .clock:
            if options.restarts { try await stage.restart() }
            guard let line = ClockLine(parsing: block.text) else {
                throw PlayError(
                    "line \(block.stimulus.number): \"\(block.text)\" is no time; 09:00, +90m, 2026-03-29T01:59 and next are"
                )
            }
            try await stage.move(to: line.target(from: stage.clock.now, in: stage.zone))
        case .world:
            try await stage.happen(try WorldLine(parsing: block.text, files: files))
        case .command:
            let result = await stage.command(block.text)
            actual = result.lines.map { "< \($0)" }
            if Self.shows(result.exit, of: block) { actual.append("[\(result.exit)]") }
        default: break
        }
        try await stage.settle()
        actual += try await stage.takeOutcomes()
        judge(block, actual: actual, intents: intents, matcher: &matcher, into: &report)
    }

    /// An exit code stands on a line of its own where it is not 0, or where the transcript has such a line.
    private static func shows(_ exit: Int32, of block: Transcript.Block) -> Bool {
        if let expected = block.exit { return exit != expected }
        return exit != 0 || block.expected.contains { $0.marker == nil && Transcript.exitCode($0.text) != nil }
    }

    private static func lines(of reply: Reply) -> [String] {
        let answers = reply.lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map {
            "< \($0)"
        }
        return answers + [reply.question.map { "? \($0.line)" }].compactMap(\.self)
    }

    /// A restart loses an open question, so with restarts only outcomes and notifications must be the same.
    private func judged(_ lines: [String]) -> [String] {
        guard options.restarts else { return lines }
        return lines.filter { $0 == "..." || $0.hasPrefix("*") || $0.hasPrefix("~") }
    }

    private func judge(
        _ block: Transcript.Block, actual: [String], intents: [String], matcher: inout LineMatcher,
        into report: inout Report
    ) {
        let expected = block.expected.filter { $0.marker != .intent }.map {
            $0.marker == nil ? $0.text : $0.raw.trimmedTail
        }
        report.actual.append(actual)
        report.intents.append(intents)
        if !matcher.matches(judged(expected), judged(actual.map(\.trimmedTail))) {
            report.failures.append(Failure(line: block.stimulus.number, expected: expected, actual: actual))
        }
        let wanted = block.expected.filter { $0.marker == .intent }.map(\.text)
        if !wanted.isEmpty, !CanonicalIntent.agree(wanted, intents) {
            report.failures.append(
                Failure(
                    line: block.stimulus.number, expected: wanted.map { "= \($0)" }, actual: intents.map { "= \($0)" }))
        }
    }

    private func read(_ text: String, on stage: Stage) async -> [String] {
        let context = InterpretationContext(now: stage.clock.now, zone: stage.zone.identifier)
        return await parts.interpreter.interpret(text, in: context).intents.map(CanonicalIntent.text)
    }
}

struct PlayError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

extension String {
    /// Blanks at the end of a line do not count.
    var trimmedTail: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
