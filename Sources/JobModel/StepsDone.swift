/// How far a run has come in its steps.
package struct StepsDone: Hashable, Sendable {
    /// Steps that are over: done, left out, or failed.
    package var done: Int
    /// Steps of the job that run by themselves.
    package var total: Int
    /// Names of those under way.
    package var current: [String]

    package init(done: Int, total: Int, current: [String]) {
        self.done = done
        self.total = total
        self.current = current
    }

    /// - Parameter records: of all attempts of the run.
    package init(of run: Run, job: Job, records: [StepRun]) {
        let graph = try? StepGraph(job.steps)
        let regular = graph?.order ?? Array(job.steps.indices)
        var latest: [Int: StepRun] = [:]
        for record in records where record.attempt >= latest[record.index]?.attempt ?? 0 {
            if latest[record.index]?.state != .succeeded { latest[record.index] = record }
        }
        let under = latest.values.filter { $0.state == .running && $0.attempt == run.attempt }
        done = regular.count { index in
            guard let record = latest[index] else { return false }
            return record.state == .succeeded || record.state == .skipped
                || (record.state == .failed && record.attempt == run.attempt)
        }
        total = regular.count
        current = under.sorted { $0.index < $1.index }.map(\.name)
    }

    /// "step 3 of 7 (fetch theirs)"; `nil` for a job of one step.
    package var words: String? {
        guard total > 1 else { return nil }
        let names = current.isEmpty ? "" : " (\(current.joined(separator: ", ")))"
        return "step \(min(done + 1, total)) of \(total)\(names)"
    }
}
