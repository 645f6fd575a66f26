import JobModel

/// `emit`: tells of an event, which may start other jobs.
struct EmitAction: CatalogueAction {
    let store: (any JobStore)?
    let wake: @Sendable () -> Void

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let depth = context.run.depth + 1
        guard depth <= Event.depthLimit else {
            return StepResult(error: "jobs that start each other end after \(Event.depthLimit) runs")
        }
        // Which jobs an event starts is a matter of the plan, never of what a page said.
        guard let name = call.approvedText("event"), !name.contains("{{") else {
            return StepResult(error: "the event's name has a hole: it is fixed by the plan")
        }
        guard let store else { return StepResult(error: "there is no store to keep events in") }
        do throws(ExternalEventError) {
            var event = try Event.external(
                name: name, data: call["data"] ?? .object([:]), at: context.now)
            (event.jobID, event.runID, event.depth) = (context.job.id, context.run.id, depth)
            guard let emitted = try? await store.emit(event) else {
                return StepResult(error: "the event could not be stored", isTransient: true)
            }
            wake()
            return StepResult(
                text: "\(event.name), which started \(Self.count(emitted.runs.count))",
                value: ["event": .string(event.name), "started": .number(Double(emitted.runs.count))])
        } catch {
            return StepResult(error: ResultText.firstLine(error.message))
        }
    }

    private static func count(_ runs: Int) -> String { runs == 1 ? "1 run" : runs == 0 ? "nothing" : "\(runs) runs" }
}
