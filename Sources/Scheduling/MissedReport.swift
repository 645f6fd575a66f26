import CronExpressions
import Foundation
import JobModel

/// What one look at the store says about the moments that it skipped: a line for each job, or a single one where a
/// downtime concerned more than a few.
struct MissedReport {
    /// So many jobs still have a line each.
    static let separateJobs = 3
    /// So many are named in the single line.
    static let namedJobs = 8

    let claims: [OccurrenceClaim]
    let armed: [ArmedTrigger]
    let now: Date

    /// Late runs alone say nothing here: each tells its outcome, marked late.
    var messages: [Message] {
        let skips = Dictionary(grouping: claims.filter { $0.skipReason != nil }, by: \.jobID)
        let missed = claims.filter(\.isMissed)
        let jobs = Set(missed.map(\.jobID))
        guard jobs.count > Self.separateJobs, missed.contains(where: { $0.skipReason != nil }) else {
            return lines(skips)
        }
        let others = skips.mapValues { $0.filter { !$0.isMissed } }.filter { !$0.value.isEmpty }
        return [Message(jobID: nil, runID: nil, at: now, text: grouped(missed))] + lines(others)
    }

    private var names: [JobID: String] {
        Dictionary(armed.map { ($0.job.id, $0.job.name) }, uniquingKeysWith: { $1 })
    }

    private func name(_ job: JobID) -> String { names[job] ?? "Job \(job)" }

    // MARK: A line for each job

    private func lines(_ skips: [JobID: [OccurrenceClaim]]) -> [Message] {
        skips.sorted { $0.key < $1.key }.compactMap { job, skipped in
            guard let reason = skipped.last?.skipReason else { return nil }
            let isMore = skipped.contains(where: \.isForSeveral)
            let times =
                skipped.count == 1 ? "" : isMore ? " more than \(skipped.count - 1) times" : " \(skipped.count) times"
            return Message(jobID: job, runID: nil, at: now, text: "\(name(job)) skipped\(times): \(reason)")
        }
    }

    // MARK: One for all

    private func grouped(_ missed: [OccurrenceClaim]) -> String {
        let jobs = Dictionary(grouping: missed, by: \.jobID).sorted { $0.key < $1.key }
        var parts = jobs.prefix(Self.namedJobs).map { "\(name($0.key)) \(Self.share($0.value))" }
        if jobs.count > Self.namedJobs {
            let rest = jobs.dropFirst(Self.namedJobs)
            parts.append("\(rest.count) other jobs \(Self.share(rest.flatMap(\.value)))")
        }
        let first = missed.map(\.due).min() ?? now
        return "While nothing ran (\(moment(first)) – \(moment(now))): \(parts.joined(separator: "; "))"
    }

    /// "made up once, 2 skipped", "skipped 3 times".
    private static func share(_ claims: [OccurrenceClaim]) -> String {
        let skipped = claims.filter { $0.skipReason != nil }
        let (late, count) = (claims.count - skipped.count, skipped.count)
        let more = skipped.contains(where: \.isForSeveral) ? "more than " : ""
        let number = more.isEmpty ? count : count - 1
        if late == 0 { return "skipped \(more)\(number == 1 && more.isEmpty ? "once" : "\(number) times")" }
        return "made up \(late == 1 ? "once" : "\(late) times")" + (count == 0 ? "" : ", \(more)\(number) skipped")
    }

    /// "Fri 27 Mar 18:00" in the zone of the first job that has one.
    private func moment(_ date: Date) -> String {
        let name = armed.lazy.compactMap { $0.job.schedules.first?.zone }.first ?? "UTC"
        let local = ((try? ZoneRules.named(name)) ?? .utc).localComponents(at: date)
        let clock = String(format: "%02d:%02d", local.hour, local.minute)
        return "\(Self.weekdays[local.weekday - 1]) \(local.day) \(Self.months[local.month - 1]) \(clock)"
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

extension OccurrenceClaim {
    fileprivate var skipReason: String? {
        if case .skip(let reason, _) = disposition { reason } else { nil }
    }

    /// One row for all moments of a long downtime.
    fileprivate var isForSeveral: Bool {
        if case .skip(_, _?) = disposition { true } else { false }
    }

    /// Its moment passed while nothing ran, whatever became of it.
    fileprivate var isMissed: Bool {
        switch disposition {
        case .run(let late, _, _), .wait(let late, _): late
        case .skip(let reason, _): reason.hasPrefix("missed")
        }
    }
}
