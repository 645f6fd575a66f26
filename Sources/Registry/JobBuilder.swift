import CronExpressions
import Documents
import Foundation
import JobModel
import Planning
import ScheduleLanguage

/// Checks entries of a file against the world and makes jobs of them, for an import as for a registry.
package struct JobBuilder: Sendable {
    /// The zone of entries that name none.
    package let zone: String
    package let now: Date
    private let surroundings: Surroundings

    /// The folder where the program happens to run means nothing to a file: prompts gather no commits from there.
    package init(zone: String, now: Date, surroundings: Surroundings) {
        self.zone = zone
        self.now = now
        var surroundings = surroundings
        surroundings.repository = nil
        self.surroundings = surroundings
    }

    /// The job, or everything that is wrong with it.
    ///
    /// - Parameter triggers: Those that the job has already, where the file says nothing new of them: "tomorrow at 9"
    ///   means the day after it was written, and a moment that has passed stays right.
    package func job(
        _ entry: JobEntry, name: String, provenance: Provenance, keeping triggers: [Trigger]? = nil
    ) -> Result<Job, EntryProblems> {
        var problems: [EntryProblem] = []
        func kept<T>(_ body: () throws(EntryProblem) -> T) -> T? {
            do throws(EntryProblem) { return try body() } catch { problems.append(error) }
            return nil
        }
        var job = Job(name: name, triggers: triggers ?? [], steps: [], provenance: provenance, createdAt: now)
        kept { () throws(EntryProblem) in try check(name, of: entry) }
        if triggers == nil { job.triggers = kept { () throws(EntryProblem) in try self.triggers(entry) } ?? [] }
        if let action = kept({ () throws(EntryProblem) in try action(entry) }) {
            job.steps = [Step(name: action.action.kind, action: action.action)]
            job.capabilities = action.capabilities
        }
        job.delivery = entry.deliver.map { Recipient($0.value) }.filter { !$0.isConversation }.uniqued()
        job.policies = kept { () throws(EntryProblem) in try policies(entry, of: job) } ?? job.policies
        return problems.isEmpty ? .success(job) : .failure(EntryProblems(problems))
    }

    /// What does not stop a job, but its outcomes on their way.
    package func warnings(about entry: JobEntry) -> [EntryProblem] {
        entry.deliver.filter { !surroundings.hasGateway(Recipient($0.value)) }.map {
            EntryProblem("\($0.value) is not configured: until it is, outcomes stay in the conversation", at: $0.place)
        }
    }

    private func check(_ name: String, of entry: JobEntry) throws(EntryProblem) {
        guard name.count > 100 || name.withoutControlCharacters(keepingNewlines: false) != name else { return }
        throw EntryProblem("a name is one line of up to 100 characters", at: entry.name?.place ?? entry.place)
    }

    // MARK: When

    private func triggers(_ entry: JobEntry) throws(EntryProblem) -> [Trigger] {
        let zone = try zone(of: entry)
        var triggers: [Trigger] = []
        if let event = entry.event {
            guard !event.value.contains(where: \.isWhitespace) else {
                throw EntryProblem("\"\(event.value)\" is no event; github.issue.created is one", at: event.place)
            }
            triggers.append(Trigger(.event(EventFilter(name: event.value))))
        }
        if let cron = entry.cron { triggers.append(Trigger(.schedule(try schedule(cron: cron, zone: zone)))) }
        if let when = entry.when { triggers.append(Trigger(.schedule(try schedule(words: when, zone: zone)))) }
        return triggers
    }

    private func zone(of entry: JobEntry) throws(EntryProblem) -> String {
        do throws(ZoneError) {
            return try ZoneRules.named(entry.zone?.value ?? zone).identifier
        } catch {
            throw EntryProblem(error.message, at: entry.zone?.place ?? entry.place)
        }
    }

    private func schedule(cron: Placed<String>, zone: String) throws(EntryProblem) -> Schedule {
        let schedule: Schedule
        do throws(CronSyntaxError) {
            if let seconds = try CronExpression.everySeconds(cron.value) {
                return Schedule(.interval(seconds: seconds, anchor: now), zone: zone)
            }
            let expression = try CronExpression(cron.value)
            schedule = Schedule(expression.isReboot ? .startup : .cron([expression]), zone: zone)
        } catch {
            throw EntryProblem("\"\(cron.value)\": \(error.message)", at: cron.place)
        }
        guard schedule.pattern == .startup || schedule.next(after: now) != nil else {
            throw EntryProblem("\"\(cron.value)\" is never due in \(zone)", at: cron.place)
        }
        return schedule
    }

    private func schedule(words: Placed<String>, zone: String) throws(EntryProblem) -> Schedule {
        let context = PhraseContext(now: now, zone: zone, calendars: surroundings.calendars)
        switch PhraseParser(context: context).parse(words.value) {
        case .schedule(let schedule): return schedule
        case .failure(let error): throw EntryProblem("\"\(words.value)\": \(error.message)", at: words.place)
        case .question(let question):
            let options = question.options.isEmpty ? "" : " Write which: \(question.options.joined(separator: ", "))"
            throw EntryProblem("\"\(words.value)\": \(question.text)\(options)", at: words.place)
        }
    }

    // MARK: What and how

    private func action(
        _ entry: JobEntry
    ) throws(EntryProblem) -> (action: Action, capabilities: Capabilities) {
        do {
            let builder = ActionBuilder(surroundings: surroundings)
            let action = try builder.action(entry.action.value, to: [])
            return (action, try builder.capabilities(of: [Step(name: action.kind, action: action)]))
        } catch {
            throw EntryProblem((error as? PlanningFailure)?.message ?? "\(error)", at: entry.action.place)
        }
    }

    private func policies(_ entry: JobEntry, of job: Job) throws(EntryProblem) -> Policies {
        do throws(PolicyError) {
            return try entry.policies.change.applied(to: .usual(for: job))
        } catch {
            throw EntryProblem(error.message, at: entry.policies.places[error.policy] ?? entry.place)
        }
    }
}

/// Everything that is wrong with one entry.
package struct EntryProblems: Error, Hashable, Sendable {
    package var all: [EntryProblem]
    package init(_ all: [EntryProblem]) { self.all = all }
}
