import CronExpressions
import Foundation
import JobModel

/// How the scripts of a job behave.
struct Temper {
    /// Seconds that a run usually takes.
    var length: Double
    var failing: Double
    var passing: Double
}

/// Makes up jobs: every kind of trigger and every value of the policies.
struct RandomJobs {
    static let zones = [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo",
        "Africa/Casablanca", "Pacific/Auckland", "UTC+05:30",
    ]
    static let crons = [
        "* * * * *", "*/2 * * * *", "*/5 * * * *", "*/15 * * * *", "7 * * * *", "0,30 * * * *", "30 2 * * *",
        "0 9 * * 1-5", "0 0 1 * *", "*/10 8-18 * * *", "15 1,2,3 * * *", "0 12 29 2 *", "59 23 * * 0", "0 */6 * * *",
    ].compactMap { try? CronExpression($0) }
    static let groups = ["disk", "net", "mail"]

    private var made = 0

    mutating func job(at now: Date, others: [Job], dice: inout Dice) -> (Job, Temper) {
        made += 1
        let triggers = triggers(at: now, others: others, dice: &dice)
        let job = Job(
            name: "Job \(made)", triggers: triggers,
            steps: [Step(name: "say", action: .notify(text: "hello", to: []))], policies: policies(dice: &dice),
            provenance: Provenance(sentence: "", interpreter: "simulation"), createdAt: now)
        return (job, temper(of: job, dice: &dice))
    }

    // MARK: When

    func triggers(at now: Date, others: [Job], dice: inout Dice) -> [Trigger] {
        let count = dice.chance(0.8) ? 1 : dice.int(2...3)
        return (0..<count).map { _ in Trigger(kind(at: now, others: others, dice: &dice)) }
    }

    private func kind(at now: Date, others: [Job], dice: inout Dice) -> Trigger.Kind {
        if !others.isEmpty, dice.chance(0.12) { return .event(filter(on: dice.pick(others), dice: &dice)) }
        if dice.chance(0.03) { return .manual }
        return .schedule(schedule(at: now, dice: &dice))
    }

    private func filter(on other: Job, dice: inout Dice) -> EventFilter {
        if dice.chance(0.1) { return EventFilter(name: "outside.thing.happened") }
        // Few listen to what a downtime makes many of: such runs have no bound, and would be all that happens.
        let name =
            dice.chance(0.03)
            ? dice.pick(["run.skipped", "run.late"])
            : dice.pick(["run.succeeded", "run.failed", "run.cancelled", "run.retrying", "job.paused", "run.started"])
        return dice.chance(0.5)
            ? EventFilter(name: name, job: other.name, jobID: other.id) : EventFilter(name: name, job: other.name)
    }

    private func schedule(at now: Date, dice: inout Dice) -> Schedule {
        var schedule = Schedule(pattern(at: now, dice: &dice), zone: dice.pick(Self.zones))
        if case .startup = schedule.pattern { return schedule }
        if dice.chance(0.08) { schedule.start = now + dice.spread(1, 86_400) }
        if dice.chance(0.08) { schedule.until = now + dice.spread(60, 30 * 86_400) }
        if dice.chance(0.05) { schedule.exclusions = [.weekdays([6, 7])] }
        if dice.chance(0.1) {
            schedule.jitter = Jitter(seconds: dice.int(2...600), seed: UInt32(truncatingIfNeeded: dice.number()))
        }
        return schedule
    }

    private func pattern(at now: Date, dice: inout Dice) -> Schedule.Pattern {
        switch dice.int(0...19) {
        case 0...9:
            let anchor = dice.chance(0.5) ? Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded()) : now
            return .interval(seconds: Int(dice.spread(1, 86_400)), anchor: anchor)
        case 10...15: return .cron((0..<dice.int(1...2)).map { _ in dice.pick(Self.crons) })
        case 16, 17: return .once((0..<dice.int(1...3)).map { _ in now + dice.spread(1, 1e6) }.sorted())
        case 18: return .calendar(calendarStep(at: now, dice: &dice))
        default: return .startup
        }
    }

    private func calendarStep(at now: Date, dice: inout Dice) -> CalendarStep {
        CalendarStep(
            every: dice.int(1...3), unit: dice.pick([.day, .week, .month]),
            anchor: LocalDay(year: 2026, month: dice.int(1...12), day: dice.int(1...28)),
            times: [LocalTime(dice.int(0...11), dice.int(0...59)), LocalTime(dice.int(12...23))])
    }

    // MARK: How

    func policies(dice: inout Dice) -> Policies {
        Policies(
            missed: dice.pick(Policies.Missed.allCases), missedWindow: dice.chance(0.3) ? dice.spread(10, 1e6) : nil,
            missedCap: dice.pick([1, 2, 10, 50, 150]), overlap: dice.pick(Policies.Overlap.allCases),
            parallel: dice.chance(0.5) ? dice.int(1...6) : nil,
            group: dice.chance(0.3) ? dice.pick(Self.groups) : nil, retry: retry(dice: &dice),
            priority: dice.pick(Policies.Priority.allCases), atMostOnce: dice.chance(0.25),
            pauseAfter: dice.chance(0.5) ? dice.int(1...10) : nil)
    }

    private func retry(dice: inout Dice) -> RetryPolicy {
        guard dice.chance(0.6) else { return .none }
        return RetryPolicy(
            retries: dice.int(1...5), base: dice.spread(0.1, 60), factor: dice.pick([1, 1.5, 2, 10]),
            cap: dice.spread(1, 3600), jitter: dice.pick(RetryPolicy.Jitter.allCases),
            errors: dice.pick(RetryPolicy.Errors.allCases))
    }

    /// Most runs are shorter than the period; some take several of them.
    private func temper(of job: Job, dice: inout Dice) -> Temper {
        let periods = job.schedules.compactMap { schedule -> Double? in
            guard let first = schedule.next(after: job.createdAt), let second = schedule.next(after: first) else {
                return nil
            }
            return second.timeIntervalSince(first)
        }
        let length = min(3600, (periods.min() ?? 5) * dice.spread(0.0005, 4))
        return Temper(
            length: dice.chance(0.1) ? 0 : length, failing: dice.pick([0, 0.01, 0.1, 0.5, 1]),
            passing: dice.share())
    }
}
