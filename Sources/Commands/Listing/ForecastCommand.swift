import ArgumentParser
import Conversation
import Foundation
import JobModel
import Planning

struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "forecast", abstract: "What will run when.")
    @OptionGroup var options: JSONOption
    @Option(help: "How many days to look ahead.") var days = 1

    func run() async throws {
        guard (1...3660).contains(days) else { throw ValidationError("--days is between 1 and 3660") }
        let workplace = try await Workplace.open()
        let now = workplace.program.now()
        let span = DateInterval(start: now, duration: Double(days) * 86_400)
        let found = Forecasting.occurrences(of: try await workplace.store.jobs(), in: span, after: now, limit: 1000)
        let output = workplace.program.output
        for entry in found {
            if options.json {
                output.answer(Rows.occurrence(entry.job, due: entry.due).compactText)
            } else {
                let text = OccurrenceText(zone: entry.job.schedules.first?.zone ?? workplace.zone)
                output.answer("\(text.moment(entry.due, now: now))  [\(entry.job.id)] \(entry.job.name)")
            }
        }
        if found.isEmpty, !options.json {
            output.answer(
                "Nothing is due within \(days == 1 ? "a day" : "\(days) days"). Say what should happen and when to make a job."
            )
        }
    }
}
