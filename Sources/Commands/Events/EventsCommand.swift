import ArgumentParser
import Conversation
import Foundation
import JobModel
import Planning

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "What happened, event by event: the last ones, or those after a number.",
        discussion: "Events of jobs, runs and the scheduler, and those from outside. The number of the last event that "
            + "was read is where the next reading goes on, with --after.")
    @OptionGroup var options: JSONOption
    @Option(help: "Only events after the one of this number, earliest first.") var after: EventID?
    @Option(help: "How many: 20, with --after 1000, with --follow without end unless said.") var limit: Int?
    @Option(help: "Only events of this name; * stands for any characters: 'run.*'.") var name: String?
    @Flag(help: "Goes on as events come, until it is stopped.") var follow = false

    func validate() throws {
        if let limit, !(1...100_000).contains(limit) { throw ValidationError("--limit is between 1 and 100000") }
        if let after, after < 0 { throw ValidationError("--after is the number of an event, 0 for all") }
    }

    func run() async throws {
        if follow { return try await followEvents() }
        let workplace = try await Workplace.open()
        let history = EventHistory(store: workplace.store, pattern: name.map(EventPattern.init))
        let events =
            if let after {
                try await history.events(after: after, limit: limit ?? 1000)
            } else {
                try await history.latest(limit ?? 20)
            }
        let printer = await EventPrinter(workplace, isJSON: options.json)
        for event in events { printer.print(event) }
        if events.isEmpty, !options.json { workplace.program.output.answer(emptyText) }
    }

    private var emptyText: String {
        name == nil && after == nil
            ? "No events yet. They appear here with the first job, and with \"rota emit\"."
            : "No such events\(after.map { " after \($0)" } ?? "")."
    }

    private func followEvents() async throws {
        guard Program.current.stage == nil else { throw ValidationError("--follow has no end in a transcript") }
        let (workplace, doorbell) = try await Workplace.open().listening()
        defer { doorbell.close() }
        let printer = await EventPrinter(workplace, isJSON: options.json)
        let last = try await workplace.store.lastEventID()
        let feed = EventFeed(
            workplace.store, after: after ?? last, pattern: name.map(EventPattern.init), wakes: doorbell.rings)
        var left = limit ?? .max
        for try await event in feed {
            printer.print(event)
            left -= 1
            if left == 0 { return }
        }
    }
}

/// Stored events that fit a pattern.
struct EventHistory: Sendable {
    let store: any JobStore
    let pattern: EventPattern?

    private static let page = 1000

    func events(after id: EventID, limit: Int) async throws -> [Event] {
        var found: [Event] = []
        var position = id
        while found.count < limit {
            let read = try await store.events(after: position, limit: Self.page)
            guard let last = read.last else { break }
            found += read.filter(fits).prefix(limit - found.count)
            position = last.id
        }
        return found
    }

    /// The newest, earliest first.
    func latest(_ limit: Int) async throws -> [Event] {
        var found: [Event] = []
        var end = try await store.lastEventID()
        while found.count < limit, end > 0 {
            let start = max(0, end - EventID(Self.page))
            let read = try await store.events(after: start, limit: Self.page).filter { $0.id <= end }
            found = read.filter(fits).suffix(limit - found.count) + found
            end = start
        }
        return found
    }

    private func fits(_ event: Event) -> Bool { pattern?.matches(event.name) ?? true }
}

/// An event on one line: its number, when it came, its name and its data.
struct EventPrinter: Sendable {
    private let output: Output
    private let isJSON: Bool
    private let times: OccurrenceText

    init(_ workplace: Workplace, isJSON: Bool) async {
        output = workplace.program.output
        self.isJSON = isJSON
        times = OccurrenceText(zone: await workplace.personZone())
    }

    func print(_ event: Event) { output.answer(isJSON ? Rows.event(event).compactText : line(event)) }

    private func line(_ event: Event) -> String {
        let day = times.day(event.at, now: event.at)
        let data = event.data.compactText.withoutControlCharacters(keepingNewlines: false)
        let shown = data.count > 120 ? "\(data.prefix(120))…" : data
        return "\(event.id)  \(day) \(times.clockWithSeconds(event.at))  \(event.name)  \(shown)"
    }
}
