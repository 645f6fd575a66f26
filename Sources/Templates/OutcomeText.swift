import JobModel

/// Short words about how a step went, the same in messages, notifications and templates.
package enum OutcomeText {
    /// "Backup failed (exit 1): disk full" for the first step that failed, else "Backup done".
    package static func clause(job: Job, results: [String: StepResult]) -> String {
        let inOrder = job.steps.compactMap { results[$0.name] }
        guard let failed = inOrder.first(where: { !$0.succeeded }) else {
            return "\(job.name) done"
        }
        return "\(job.name) failed\(failure(failed))"
    }

    /// What follows "failed": " (exit 1): disk full", " (HTTP 503)", ": no answer within 30 s".
    ///
    /// - Parameter facts: stand in the brackets behind the code ("3 s").
    package static func failure(_ result: StepResult, facts: [String] = []) -> String {
        let (code, detail) = parts(of: result)
        let brackets = ([code].compactMap(\.self) + facts).joined(separator: ", ")
        return (brackets.isEmpty ? "" : " (\(brackets))") + (detail.isEmpty ? "" : ": \(detail)")
    }

    /// The code ("exit 1", "HTTP 503") and what the error says beside it.
    private static func parts(of result: StepResult) -> (code: String?, detail: String) {
        let error = result.error ?? ""
        let codes = [result.exitCode.map { "exit \($0)" }, result.status.map { "HTTP \($0)" }].compactMap(\.self)
        for code in codes where error == code || error.hasPrefix("\(code): ") {
            return (code, CleanText.trimmed(error.dropFirst(code.count + 1)))
        }
        return (nil, error)
    }
}
