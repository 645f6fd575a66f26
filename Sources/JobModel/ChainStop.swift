/// Jobs that trigger each other in a circle, stopped: what is told of it.
package struct ChainStop: Hashable, Sendable {
    /// Stored without looking for jobs that wait for it: nothing may follow from the end of a chain.
    package let event: Event
    /// Told unless the same line waits to be seen.
    package let message: Message

    /// - Parameters:
    ///   - event: what came at the end of the chain.
    ///   - jobs: those that it would have started; at least one.
    package init(at event: Event, before jobs: [Job]) {
        let names = jobs.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let about = event.data["job"]?.string.map { " of \"\($0)\"" } ?? ""
        let data: JSONValue = [
            "event": .string(event.name), "job": event.data["job"] ?? .null, "job_id": event.data["job_id"] ?? .null,
            "stopped": .array(jobs.map { .string($0.name) }),
        ]
        self.event = Event(
            name: LifecycleEvent.chainStopped.rawValue, at: event.at, data: data, jobID: event.jobID,
            runID: event.runID, depth: event.depth)
        message = Message(
            jobID: jobs[0].id, runID: nil, at: event.at,
            text: "Chain of triggers stopped at \(event.name)\(about): it would have started \(names), after "
                + "\(Event.depthLimit) runs that started one another.")
    }
}
