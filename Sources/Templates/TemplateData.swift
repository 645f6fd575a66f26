import Foundation
import JobModel

/// What the holes of a template are filled with.
///
/// | name | is |
/// |---|---|
/// | `event.…` | the data of the event that caused the run |
/// | `STEP.text`, `.number`, `.status`, `.exitCode`, `.error` | what an earlier step came to |
/// | `outcome` | one clause on how the steps so far went: "Backup failed (exit 1): disk full" |
/// | `steps.STEP.…` | the same, whatever the step is called |
/// | `input.…`, `item` | what the run was given; the element of a step with `forEach` |
/// | `user.name`, `user.email`, `user.zone` | who the jobs are for, as the settings say |
/// | `job.name`, `run.due`, `date`, `time`, `now` | text; moments in the job's zone |
package struct TemplateData: Sendable {
    /// Members by name; a step never hides one of the names above.
    package var members: [String: JSONValue]
    /// Names that read as text by themselves although they have members (`{{fetch}}`).
    package var texts: [String: String]
    /// How each value is written where the text around it has rules of its own (a URL); `nil` writes it as it is.
    package var encoding: (@Sendable (String) -> String)?
    /// Whose escapes `encoding` makes, so that a filter that made them already is not escaped twice.
    private(set) var escaping = Escaping.plain
    /// For `now` in expressions; `nil` where there is no clock.
    package var now: Date?
    /// An IANA name or `UTC+05:30`: where days begin, and in which moments are told.
    package var zone: String
    /// Steps of the job without a result: `STEP.skipped` is true.
    var skipped: Set<String> = []

    package init(
        members: [String: JSONValue], texts: [String: String] = [:], encoding: (@Sendable (String) -> String)? = nil,
        now: Date? = nil, zone: String = "UTC"
    ) {
        self.members = members
        self.texts = texts
        self.encoding = encoding
        self.now = now
        self.zone = zone
    }

    /// - Parameter zone: the person's zone; a job with a schedule is told in that schedule's zone.
    package init(_ context: StepContext, zone: String) {
        let zone = context.job.schedules.first?.zone ?? zone
        let clock = LocalTimeText(zone: zone)
        var members: [String: JSONValue] = [:]
        for (name, result) in context.results {
            members[name] = Self.members(of: result, previous: context.previous[name])
        }
        // Whatever a step is called, `steps.NAME` finds it.
        members["steps"] = .object(members)
        members["user"] = context.user
        members["event"] = context.run.event ?? .object([:])
        members["input"] = .object(context.job.inputs(of: context.run))
        members["item"] = context.item
        members["job"] = ["name": .string(context.job.name)]
        members["run"] = ["due": .string(clock.moment(context.run.due))]
        members["date"] = .string(clock.date(context.now))
        members["time"] = .string(clock.clock(context.now))
        members["now"] = .string(clock.moment(context.now))
        members["outcome"] = .string(OutcomeText.clause(job: context.job, results: context.results))
        self.init(members: members, texts: context.results.mapValues(\.text), now: context.now, zone: zone)
        skipped = Set(context.job.steps.map(\.name)).subtracting(context.results.keys).subtracting([context.step])
    }

    /// Writes every value as its place asks for.
    package mutating func escape(for place: Escaping) {
        escaping = place
        guard place != .plain else {
            encoding = nil
            return
        }
        encoding = { text in place.escaped(text) }
    }

    /// The value that a dotted name stands for, in the kind that it has. A step by its bare name is its text.
    package func value(named name: String) -> JSONValue? {
        let parts = name.split(separator: ".").map(String.init)
        if let step = Self.stepName(parts), let text = texts[step] { return .string(text) }
        if parts.count > 1, parts.last == "skipped", skipped.contains(Self.stepName(parts.dropLast()) ?? "") {
            return .bool(true)
        }
        guard let first = parts.first, var value = members[first] else { return nil }
        for part in parts.dropFirst() {
            guard let member = value[part] ?? part.nonNegative.flatMap({ value.element($0) }) else { return nil }
            value = member
        }
        return value
    }

    /// The name is a step's and nothing more: `fetch`, `steps.fetch`.
    func isStep(_ name: String) -> Bool {
        Self.stepName(name.split(separator: ".").map(String.init)).map { texts[$0] != nil } ?? false
    }

    /// The name is one of the ways in which a step ends: unknown, rather than false, of a step that did not run.
    func isOutcome(_ name: String) -> Bool {
        let parts = name.split(separator: ".").map(String.init)
        return ["failed", "succeeded", "changed", "skipped"].contains(parts.last ?? "")
            && Self.stepName(parts.dropLast()) != nil
    }

    private static func stepName(_ parts: some RandomAccessCollection<String>) -> String? {
        if parts.count == 2, parts.first == "steps" { return parts.last }
        return parts.count == 1 ? parts.first : nil
    }

    /// What a step came to as data stands beside what every result has, and goes before it; only how it ended is never
    /// its own to say.
    private static func members(of result: StepResult, previous: StepResult?) -> JSONValue {
        var members: [String: JSONValue] = ["text": .string(result.text)]
        members["number"] = NumberReading.firstNumber(in: result.text).map(JSONValue.number)
        if let previous, previous.succeeded, result.succeeded {
            members["changed"] = .bool(previous.text != result.text)
        }
        if let value = result.value { members["value"] = value }
        if let own = result.value?.object { members.merge(own) { $1 } }
        members["status"] = result.status.map { .number(Double($0)) }
        members["exitCode"] = result.exitCode.map { .number(Double($0)) }
        members["exit_code"] = members["exitCode"]
        members["error"] = result.error.map(JSONValue.string)
        members["failed"] = .bool(!result.succeeded)
        members["succeeded"] = .bool(result.succeeded)
        members["skipped"] = false
        return .object(members)
    }
}

extension String {
    /// A place in a list: digits and nothing else.
    fileprivate var nonNegative: Int? { allSatisfy(\.isNumber) ? Int(self) : nil }
}
