import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// Turns intents into a plan, one question, or a reason why not. Pure: it reads the situation and changes nothing.
///
/// Questions come in the order what (measure, job), when (date, hour, zone), where (gateway), one at a time; the
/// answers given so far come back with the next call.
package struct Planner: Sendable {
    let situation: Situation
    /// By position of the intent.
    let answers: [Int: Answers]
    /// The sentence and who read it, for a job's provenance.
    let provenance: Provenance

    package init(situation: Situation, answers: [Int: Answers] = [:], provenance: Provenance) {
        self.situation = situation
        self.answers = answers
        self.provenance = provenance
    }

    package func plan(_ intents: [Intent]) -> PlanningResult {
        var items: [Plan.Item] = []
        var names = situation.jobs.map(\.name)
        for (index, intent) in intents.enumerated() {
            let one = PlannedIntent(
                situation: situation, answers: answers[index] ?? Answers(), provenance: provenance, takenNames: names)
            do {
                let item = try one.plan(intent)
                if case .create(let job, _) = item.action { names.append(job.name) }
                items.append(item)
            } catch let error as QuestionError {
                return .question(error.question, index: index)
            } catch let failure as PlanningFailure {
                return .failure(failure)
            } catch {
                return .failure(PlanningFailure("\(error)"))
            }
        }
        return .plan(Plan(items: items))
    }
}

/// Planning one intent of a request.
struct PlannedIntent {
    let situation: Situation
    let answers: Answers
    let provenance: Provenance
    /// Names of jobs that exist or that this plan makes.
    let takenNames: [String]

    func plan(_ intent: Intent) throws -> Plan.Item {
        switch intent {
        case .createJob(let body): try create(body)
        case .createPlaybook(let body): try create(body)
        case .updateJob(let body): try update(body)
        case .pauseJob(let body): try pause(body)
        case .resumeJob(let body): Plan.Item(.resume(try jobs(body.job)))
        case .deleteJob(let body): try delete(body)
        case .runJob(let body): Plan.Item(.run(try jobs(body.job)))
        case .cancelRun(let body): try cancelRuns(body)
        case .snoozeJob(let body): try snooze(body)
        case .editPlaybook(let body): try edit(body)
        case .testJob(let body): Plan.Item(.look(.dryRun(try job(body.job))))
        case .setPreference(let body): try preference(body)
        case .pauseScheduler(let body): Plan.Item(.pauseEverything(until: try body.until.map(moment)))
        case .resumeScheduler: Plan.Item(.resumeEverything)
        case .mute(let body): Plan.Item(.mute(until: try body.until.map(moment)))
        case .acknowledge(let body): Plan.Item(.acknowledge(try body.job.map(job)))
        case .approve(let body): Plan.Item(.approve(body.approval))
        case .reject(let body): Plan.Item(.reject(body.approval))
        case .undo: Plan.Item(.undo)
        case .redo: Plan.Item(.redo)
        case .help(let body): Plan.Item(.help(topic: body.topic))
        case .chat: Plan.Item(.chat)
        case .listJobs, .showJob, .jobHistory, .forecast, .explainSchedule, .schedulerStatus, .listDeliveries,
            .showCosts:
            Plan.Item(.look(try query(intent)))
        }
    }

    // MARK: What the person's words name

    var resolver: JobResolver { JobResolver(situation: situation) }

    func job(_ reference: JobReference) throws -> Job {
        try resolver.resolve(JobReference(answers.job ?? reference.words)).get()
    }

    func jobs(_ reference: JobReference) throws -> [Job] {
        if let job = answers.job { return try resolver.resolveAll(JobReference(job)).get() }
        return try resolver.resolveAll(reference).get()
    }

    var parser: PhraseParser {
        var context = situation.phraseContext
        context.hourHabit = answers.hourHabit ?? context.hourHabit
        context.dateOrder = answers.dateOrder ?? context.dateOrder
        context.zone = answers.zone ?? context.zone
        context.holidays = answers.calendar
        return PhraseParser(context: context)
    }

    /// The schedule behind time words, after the answers given so far.
    func schedule(_ words: String) throws -> Schedule {
        try Self.schedule(from: parser.parse(phrase(words)))
    }

    /// The time words with the answers put in: other words altogether, or another zone.
    func phrase(_ words: String) -> String {
        var phrase = answers.when ?? words
        if answers.zone != nil {
            for fragment in TimeScanner.fragments(in: phrase).reversed() where fragment.kind == .zone {
                phrase.removeSubrange(fragment.range)
            }
        }
        return phrase
    }

    static func schedule(from reading: PhraseReading) throws -> Schedule {
        switch reading {
        case .schedule(let schedule): schedule
        case .question(let question): throw QuestionError(question)
        case .failure(let error): throw PlanningFailure(error.message)
        }
    }

    func moment(_ words: String) throws -> Date {
        switch parser.moment(phrase(words), dayStart: true) {
        case .success(let date): date
        case .failure(.question(let question)): throw QuestionError(question)
        case .failure(.failure(let error)): throw PlanningFailure(error.message)
        }
    }
}
