import ArgumentParser
import CronExpressions
import Foundation
import JobModel
import Planning
import ScheduleLanguage

struct ScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "The cron engine and the schedule language by themselves.",
        subcommands: [ScheduleNext.self, ScheduleExplain.self, ScheduleParse.self])
}

/// Zone and moment of reading, as options of the schedule commands.
struct MomentOptions: ParsableArguments {
    @Option(name: [.customLong("tz"), .long], help: "An IANA zone such as Europe/Berlin.") var zone: String?
    @Option(help: "Read from this moment (RFC 3339) instead of now.") var from: String?

    func moment() throws -> Date {
        guard let from else { return Program.current.now() }
        guard let date = RFC3339.date(from) else {
            throw CommandFailure("\"\(from)\" is no RFC 3339 instant such as 2026-03-02T08:00:00Z")
        }
        return date
    }

    func zoneName() throws -> String {
        let name = try zone ?? Program.current.zone(Program.current.stage == nil ? Program.current.settings() : .init())
        do {
            return try ZoneRules.named(name).identifier
        } catch {
            throw CommandFailure(error.message, exit: .needsAnswer)
        }
    }
}

struct ScheduleNext: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "The next occurrences of a cron expression.")
    @OptionGroup var moment: MomentOptions
    @Option(help: "How many.") var count = 5
    @Flag(help: "Six fields, seconds first.") var seconds = false
    @Flag(help: "One JSON object a line on standard input: {\"expr\",\"tz\",\"from\",\"count\"?,\"seconds\"?}.")
    var batch = false
    @Argument(help: "The expression, quoted.") var expression: [String] = []

    func run() async throws {
        if batch { return try await Batch.run(NextBatch.answer) }
        let text = expression.joined(separator: " ")
        guard !text.isEmpty else {
            throw ValidationError("Give a cron expression, for example: rota schedule next \"0 9 * * MON-FRI\"")
        }
        guard (1...1000).contains(count) else { throw ValidationError("--count is between 1 and 1000") }
        let cron = try parseCron(text, seconds: seconds)
        let now = try moment.moment()
        let schedule = Schedule(.cron([cron]), zone: try moment.zoneName())
        let occurrences = OccurrenceText(zone: schedule.zone)
        let dates = schedule.occurrences(after: now, limit: count)
        if dates.isEmpty {
            let when = cron.isReboot ? "due when the scheduler starts" : "never due in \(schedule.zone)"
            Program.current.output.note("\"\(text)\" is \(when): it has no next occurrence.")
        }
        for date in dates {
            Program.current.output.answer("\(RFC3339.text(date))  \(occurrences.moment(date, now: now))")
        }
    }
}

struct ScheduleExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "explain", abstract: "A cron expression in words.")
    @Flag(help: "Six fields, seconds first.") var seconds = false
    @Argument(help: "The expression, quoted.") var expression: [String]

    func run() async throws {
        Program.current.output.answer(try parseCron(expression.joined(separator: " "), seconds: seconds).explanation)
    }
}

/// A broken expression ends the command with the place underlined.
private func parseCron(_ text: String, seconds: Bool) throws -> CronExpression {
    do {
        return try CronExpression(text, seconds: seconds)
    } catch {
        throw CommandFailure(
            "\(error.message)\n\(error.underlined.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))")
    }
}

struct ScheduleParse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "parse", abstract: "The schedule that words mean.")
    @OptionGroup var moment: MomentOptions
    @OptionGroup var options: JSONOption
    @Flag(help: "One JSON object a line on standard input: {\"phrase\",\"now\",\"tz\"}.") var batch = false
    @Argument(help: "Words about time, quoted.") var phrase: [String] = []

    func run() async throws {
        if batch { return try await Batch.run(ParseBatch.answer) }
        let text = phrase.joined(separator: " ")
        guard !text.isEmpty else {
            throw ValidationError("Give words about time, for example: rota schedule parse \"every weekday at 9\"")
        }
        let now = try moment.moment()
        let calendars = try await Program.current.calendars()
        let reading = PhraseParser(
            context: PhraseContext(now: now, zone: try moment.zoneName(), calendars: calendars)
        ).parse(text)
        if options.json {
            Program.current.output.answer(ParseBatch.document(reading, now: now).compactText)
        } else {
            try show(reading, now: now)
        }
        throw ExitCode(ParseBatch.exit(reading).rawValue)
    }

    private func show(_ reading: PhraseReading, now: Date) throws {
        switch reading {
        case .schedule(let schedule):
            let next = schedule.occurrences(after: now, limit: 5)
            Program.current.output.answer("\(schedule.text), \(schedule.zone).")
            guard !next.isEmpty else { return }
            Program.current.output.answer("Next: \(OccurrenceText(zone: schedule.zone).list(next, now: now)).")
        case .question(let question):
            Program.current.output.answer(([question.text] + question.options).joined(separator: "  "))
        case .failure(let error):
            throw CommandFailure(Underline.message(error.message, in: phrase.joined(separator: " "), error.range))
        }
    }
}

/// Points at the place of an error in what was typed.
enum Underline {
    /// - Parameter range: offsets of Unicode scalars; `nil` where no place can be named.
    static func message(_ message: String, in text: String, _ range: Range<Int>?) -> String {
        guard let range, !text.contains(where: \.isNewline) else { return message }
        let marks =
            String(repeating: " ", count: range.lowerBound) + String(repeating: "^", count: max(1, range.count))
        return "\(message)\n  \(text)\n  \(marks)"
    }
}
