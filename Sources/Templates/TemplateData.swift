import Foundation
import JobModel

/// What the holes of a template are filled with.
///
/// | name | is |
/// |---|---|
/// | `event.…` | the data of the event that caused the run |
/// | `STEP.text`, `.number`, `.status`, `.exitCode`, `.error` | what an earlier step came to |
/// | `outcome` | one clause on how the steps so far went: "Backup failed (exit 1): disk full" |
/// | `job.name`, `run.due`, `date`, `time`, `now` | text; moments in the job's zone |
package struct TemplateData: Sendable {
    /// Members by name; a step never hides one of the names above.
    package var members: [String: JSONValue]
    /// Names that read as text by themselves although they have members (`{{fetch}}`).
    package var texts: [String: String]
    /// How each value is written where the text around it has rules of its own (a URL); `nil` writes it as it is.
    package var encoding: (@Sendable (String) -> String)?

    package init(
        members: [String: JSONValue], texts: [String: String] = [:], encoding: (@Sendable (String) -> String)? = nil
    ) {
        self.members = members
        self.texts = texts
        self.encoding = encoding
    }

    /// - Parameter zone: the person's zone; a job with a schedule is told in that schedule's zone.
    package init(_ context: StepContext, zone: String) {
        let clock = LocalTimeText(zone: context.job.schedules.first?.zone ?? zone)
        var members = context.results.mapValues(Self.members)
        // Whatever a step is called, `steps.NAME` finds it.
        members["steps"] = .object(members)
        members["event"] = context.run.event ?? .object([:])
        members["input"] = .object(context.job.inputs(of: context.run))
        members["item"] = context.item
        members["job"] = ["name": .string(context.job.name)]
        members["run"] = ["due": .string(clock.moment(context.run.due))]
        members["date"] = .string(clock.date(context.now))
        members["time"] = .string(clock.clock(context.now))
        members["now"] = .string(clock.moment(context.now))
        members["outcome"] = .string(OutcomeText.clause(job: context.job, results: context.results))
        self.init(members: members, texts: context.results.mapValues(\.text))
    }

    /// The names that a template of a job with these steps may use, for `Template.unknown(in:)`.
    package static func names(steps: [String]) -> [String] {
        let fixed = ["event.*", "job.name", "run.due", "date", "time", "now", "outcome"]
        let members = ["text", "number", "status", "exitCode", "exit_code", "error"]
        return fixed + steps + steps.flatMap { step in members.map { "\(step).\($0)" } }
    }

    /// The value that a dotted name stands for, in the kind that it has.
    package func value(named name: String) -> JSONValue? {
        let parts = name.split(separator: ".").map(String.init)
        guard let first = parts.first, var value = members[first] else { return nil }
        if parts.count == 1, let text = texts[first] { return .string(text) }
        for part in parts.dropFirst() {
            guard let member = value[part] ?? part.nonNegative.flatMap({ value.element($0) }) else { return nil }
            value = member
        }
        return value
    }

    /// What a step came to as data stands beside what every result has, and goes before it.
    private static func members(of result: StepResult) -> JSONValue {
        var members: [String: JSONValue] = ["text": .string(result.text)]
        members["number"] = NumberReading.firstNumber(in: result.text).map(JSONValue.number)
        if let value = result.value { members["value"] = value }
        if let own = result.value?.object { members.merge(own) { $1 } }
        members["status"] = result.status.map { .number(Double($0)) }
        members["exitCode"] = result.exitCode.map { .number(Double($0)) }
        members["exit_code"] = members["exitCode"]
        members["error"] = result.error.map(JSONValue.string)
        return .object(members)
    }
}

extension String {
    /// A place in a list: digits and nothing else.
    fileprivate var nonNegative: Int? { allSatisfy(\.isNumber) ? Int(self) : nil }
}
