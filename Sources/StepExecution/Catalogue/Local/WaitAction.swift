import Foundation
import JobModel

/// `wait`: for a time, or until a moment. The run gives its place up meanwhile, and goes on after a restart too.
struct WaitAction: CatalogueAction {
    /// Seconds.
    static let longest: TimeInterval = 366 * 86_400

    let zone: String

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        do throws(ActionProblem) {
            let moment = try moment(call, in: context)
            guard moment.timeIntervalSince(context.began) <= Self.longest else {
                throw ActionProblem("it would wait for more than a year")
            }
            let value: JSONValue = [
                "began": .string(RFC3339.text(context.began)), "until": .string(RFC3339.text(moment)),
            ]
            let isOver = context.now >= moment
            return StepResult(
                text: "\(isOver ? "waited" : "waits") until \(RFC3339.text(moment))", value: value,
                waitsUntil: isOver ? nil : moment)
        } catch {
            return StepResult(error: error.message)
        }
    }

    /// Counted from when the step began, so that it is the same moment whenever it is asked for.
    private func moment(_ call: FilledCall, in context: StepContext) throws(ActionProblem) -> Date {
        switch (call.text("for"), call.text("until")) {
        case (let span?, nil):
            guard let seconds = MomentText.seconds(span) else {
                throw ActionProblem("\"\(ResultText.firstLine(span))\" is no duration such as 90s, 15m, 2h or 3d")
            }
            return context.began.addingTimeInterval(seconds)
        case (nil, let until?):
            let moments = MomentText(zone: context.job.schedules.first?.zone ?? zone, now: context.now)
            let moment = MomentText.instant(until) ?? moments.day(until) ?? moments.next(until, after: context.began)
            guard let moment else {
                throw ActionProblem(
                    "\"\(ResultText.firstLine(until))\" is no time of day (18:00), day or moment (RFC 3339)")
            }
            return moment
        case (nil, nil): throw ActionProblem("it needs \"for\" or \"until\"")
        case (_?, _?): throw ActionProblem("it takes \"for\" or \"until\", not both")
        }
    }
}
