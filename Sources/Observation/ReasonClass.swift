/// Why a moment was skipped or made up, as one of a few words: reasons are sentences with numbers in them, and a metric
/// with a series for each sentence would grow without end.
package enum ReasonClass: String, CaseIterable, Sendable {
    // Nothing ran at the moment.
    case madeUp = "made_up"
    case policy
    case newerMadeUp = "newer_made_up"
    case window
    case longDowntime = "long_downtime"
    // The scheduler was there.
    case overlap
    case queueFull = "queue_full"
    case scheduleGone = "schedule_gone"
    case other

    /// From the words that `Scheduling` and the stores write.
    package init(ofSkip reason: String) {
        self =
            switch reason {
            case "missed while nothing ran": .policy
            case _ where reason.hasPrefix("missed while nothing ran; so were"): .longDowntime
            case _ where reason.hasPrefix("missed while nothing ran"): .newerMadeUp
            case _ where reason.hasPrefix("missed by more than"): .window
            case _ where reason.hasPrefix("an earlier run"): .overlap
            case _ where reason.hasSuffix("waited already"): .queueFull
            case "its schedule is gone": .scheduleGone
            default: .other
            }
    }

    /// The moment was missed, and not only passed over.
    package var isMiss: Bool {
        switch self {
        case .madeUp, .policy, .newerMadeUp, .window, .longDowntime: true
        case .overlap, .queueFull, .scheduleGone, .other: false
        }
    }
}
