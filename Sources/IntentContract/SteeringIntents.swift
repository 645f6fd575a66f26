// Intents that steer the program, and those that are only talk.

package struct PauseScheduler: IntentBody {
    package static let intentName = "pause_scheduler"
    package var until: String?
    package init(until: String? = nil) { self.until = until }
}

package struct ResumeScheduler: IntentBody {
    package static let intentName = "resume_scheduler"
    package init() {}
}

package struct Approve: IntentBody {
    package static let intentName = "approve"
    /// `nil` means the only one that waits.
    package var approval: Int?
    package init(approval: Int? = nil) { self.approval = approval }
}

package struct Reject: IntentBody {
    package static let intentName = "reject"
    package var approval: Int?
    package init(approval: Int? = nil) { self.approval = approval }
}

package struct SetPreference: IntentBody {
    package static let intentName = "set_preference"
    /// `timezone`, `deliver`, `ambiguous_hour` (`am`, `pm`, `ask`) or `date_order` (`day_first`, `month_first`, `ask`).
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

package struct Acknowledge: IntentBody {
    package static let intentName = "acknowledge"
    package var job: JobReference?
    package init(job: JobReference? = nil) { self.job = job }
}

package struct Mute: IntentBody {
    package static let intentName = "mute"
    /// Time words ("8", "tomorrow morning"); `nil` is until a person says otherwise.
    package var until: String?
    package init(until: String? = nil) { self.until = until }
}

package struct Undo: IntentBody {
    package static let intentName = "undo"
    package init() {}
}

package struct Redo: IntentBody {
    package static let intentName = "redo"
    package init() {}
}

package struct Help: IntentBody {
    package static let intentName = "help"
    package var topic: String?
    package init(topic: String? = nil) { self.topic = topic }
}

package struct Chat: IntentBody {
    package static let intentName = "chat"
    package init() {}
}
