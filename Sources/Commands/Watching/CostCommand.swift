import ArgumentParser
import IntentContract

struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "What models cost, by day and job, and what is left of the budget.")
    @OptionGroup var options: JSONOption
    @Option(help: "How many days back, today included.")
    var days = 7

    func validate() throws {
        guard (1...366).contains(days) else { throw ValidationError("--days takes a number from 1 to 366.") }
    }

    func run() async throws { try await carryOut([.showCosts(ShowCosts(days: days))], isJSON: options.json) }
}
