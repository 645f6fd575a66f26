extension Change.Item {
    /// What it means for a job; `nil` for a setting.
    package var event: LifecycleEvent? {
        switch (before, after) {
        case (nil, nil): nil
        case (nil, _?): .jobCreated
        case (_?, nil): .jobDeleted
        case (let before?, let after?): Self.event(from: before, to: after)
        }
    }

    private static func event(from before: Job, to after: Job) -> LifecycleEvent {
        if before.status != .paused, after.status == .paused { return .jobPaused }
        if before.status == .paused, after.status == .active { return .jobResumed }
        return .jobChanged
    }

    /// The same taken back.
    package var reversed: Change.Item {
        Change.Item(
            before: after, after: before, setting: setting, valueBefore: valueAfter, valueAfter: valueBefore)
    }
}
