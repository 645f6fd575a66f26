import IntentContract
import JobModel

/// Whether a clause that looks like one about policies is one, given the job that the rest of the sentence makes.
enum PolicyCreation {
    /// Words of a reminder and of a prompt are the person's own: there a clause about policies stands apart, and a
    /// reminder, which cannot fail and takes no time, has few of them.
    static func accepts(_ found: PolicyCut.Found, beside intent: Intent) -> Bool {
        guard found.clause.job.map({ $0.isSelf || names($0, intent) }) ?? true else { return false }
        switch kind(of: intent) {
        case .reminder: return found.isApart && fitsReminder(found.clause.change)
        case .prompt: return found.isJoined
        case .program: return true
        }
    }

    private enum Kind { case reminder, prompt, program }

    private static func kind(of intent: Intent) -> Kind {
        let types = actions(of: intent).map(\.type)
        if types.allSatisfy({ $0 == "notify" }) { return .reminder }
        return types.contains("prompt") || types.contains("agent") ? .prompt : .program
    }

    private static func actions(of intent: Intent) -> [ActionIntent] {
        switch intent {
        case .createJob(let body): [body.action]
        case .createPlaybook(let body): body.steps.map(\.action)
        default: []
        }
    }

    private static func fitsReminder(_ change: PolicyChange) -> Bool {
        var rest = change
        (rest.missed, rest.missedWindow, rest.missedCap, rest.priority) = (nil, nil, nil, nil)
        return rest.isEmpty
    }

    /// "… run backup.sh; retry the backup 3 times": the new job by its name.
    private static func names(_ job: JobReference, _ intent: Intent) -> Bool {
        let name: String? =
            switch intent {
            case .createJob(let body): body.name
            case .createPlaybook(let body): body.name
            default: nil
            }
        let words = job.words.lowercased()
        return name?.lowercased() == words
            || actions(of: intent).contains { $0.path?.lowercased().hasSuffix(words) == true }
    }
}
