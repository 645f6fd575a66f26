import Conversation
import JobModel
import Planning
import Registry

/// Words of `rota registry`.
enum RegistryLines {
    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    static func line(_ job: Job) -> String {
        let when = job.triggers.map { trigger -> String in
            switch trigger.kind {
            case .schedule(let schedule): "\(schedule.text), \(schedule.zone)"
            case .event(let filter): "When \(filter.words)"
            case .manual: "When you say so"
            }
        }.joined(separator: " and ")
        return "\(job.id) \"\(job.name)\": \(when). \(StepText.describe(job.steps))\(state(job))"
    }

    private static func state(_ job: Job) -> String {
        switch job.status {
        case .active: ""
        case .paused: job.isEnabledByFile ? " (paused by you)" : " (off in the file)"
        case .draft: job.isEnabledByFile ? " (waits for your approval)" : " (off in the file)"
        case .finished: " (nothing left to come)"
        }
    }

    static func beginning(in folder: String) -> String {
        """
        No registry yet: a file \(folder)/jobs.json (or jobs.yaml) declares jobs, and whatever runs the scheduler keeps to it. For example:

        [
          {"name": "Stand up", "when": "every weekday at 9:30", "action": "notify", "payload": {"text": "stand up"}},
          {"name": "Clean up", "cron": "0 3 * * 0", "action": "script", "payload": {"path": "clean_tmp.sh"}}
        ]

        "rota registry check" then says whether it is right.
        """
    }
}
