import Conversation
import JobModel
import Scheduling

/// Prints outcomes as they come.
struct OutcomePrinter: Sendable {
    let workplace: Workplace
    let signal: WakeSignal
    private let feed: OutcomeFeed

    init(workplace: Workplace, signal: WakeSignal) {
        self.workplace = workplace
        self.signal = signal
        feed = OutcomeFeed(store: workplace.store)
    }

    func begin() async { _ = await feed.begin() }

    func run() async {
        while !Task.isCancelled {
            await signal.wait()
            await printNew()
        }
    }

    func printNew() async {
        let zone = await workplace.personZone()
        for message in await feed.next(at: workplace.program.now()) {
            workplace.program.output.answer(OutcomeLines.line(message, zone: zone))
        }
    }
}
