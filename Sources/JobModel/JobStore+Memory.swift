import Foundation

/// Small facts that every process on a store shares (`JobStore.remember`).
package enum Memory {
    /// `forever`, or the moment (seconds since 1970) at which the scheduler goes on.
    static let pausedUntil = "scheduler.paused_until"
    /// JSON array of what a person has agreed to ("recipient:telegram/ops").
    static let agreed = "approvals.agreed"
    /// Job last spoken of or last reported, and when.
    static let focus = "conversation.focus"
    /// JSON array of the changes that were undone, the last one last; a new change empties it.
    static let undone = "conversation.undone"
    /// Moment until which outcomes are held back.
    static let mutedUntil = "conversation.muted_until"
}

extension JobStore {
    // MARK: Pausing everything

    /// Until when the scheduler is paused: `.distantFuture` until a person says so, `nil` when it is not.
    package func schedulerPause() async throws -> Date? { try await moment(Memory.pausedUntil) }

    /// Pauses the scheduler for every process until `date`; `nil` lets it go on. What is so already is told no more.
    package func pauseScheduler(until date: Date?, at now: Date) async throws {
        let before = try await schedulerPause()
        guard before != nil || date != nil else { return }
        let kind: LifecycleEvent = date == nil ? .schedulerResumed : .schedulerPaused
        let until = date.flatMap { $0 == .distantFuture ? nil : RFC3339.text($0) }
        let event = Event(name: kind.rawValue, at: now, data: ["until": until.map(JSONValue.string) ?? .null])
        try await remember(date, as: Memory.pausedUntil, telling: before == date ? nil : event)
    }

    package func remember(_ value: String?, as name: String) async throws {
        try await remember(value, as: name, telling: nil)
    }

    package func mutedUntil() async throws -> Date? { try await moment(Memory.mutedUntil) }
    package func mute(until date: Date?) async throws { try await remember(date, as: Memory.mutedUntil, telling: nil) }

    private func moment(_ name: String) async throws -> Date? {
        switch try await remembered(name) {
        case nil: nil
        case "forever"?: .distantFuture
        case let seconds?: Double(seconds).map(Date.init(timeIntervalSince1970:)) ?? .distantFuture
        }
    }

    private func remember(_ date: Date?, as name: String, telling event: Event?) async throws {
        let value = date.map { $0 == .distantFuture ? "forever" : String($0.timeIntervalSince1970) }
        try await remember(value, as: name, telling: event)
    }

    // MARK: What a person has agreed to

    package func agreed() async throws -> Set<String> {
        guard let text = try await remembered(Memory.agreed), let list = try? JSONValue(parsing: text).array else {
            return []
        }
        return Set(list.compactMap(\.string))
    }

    package func agree(to keys: some Sequence<String>) async throws {
        let all = try await agreed().union(keys)
        try await remember(JSONValue.array(all.sorted().map(JSONValue.string)).compactText, as: Memory.agreed)
    }

    // MARK: What can be done again

    /// Changes that were undone and can be done again, the one that was undone last at the end.
    package func undoneChanges() async throws -> [Int64] {
        guard let text = try await remembered(Memory.undone), let list = try? JSONValue(parsing: text).array else {
            return []
        }
        return list.compactMap { $0.number.map { Int64($0) } }
    }

    package func rememberUndone(_ changes: [Int64]) async throws {
        let list = JSONValue.array(changes.map { .number(Double($0)) })
        try await remember(changes.isEmpty ? nil : list.compactText, as: Memory.undone)
    }

    // MARK: What "it" means

    /// The job last spoken of or reported, if that was within `seconds` of `now`.
    package func focus(at now: Date, within seconds: TimeInterval = 15 * 60) async throws -> JobID? {
        guard let text = try await remembered(Memory.focus) else { return nil }
        let parts = text.split(separator: "@")
        guard parts.count == 2, let id = JobID(parts[0]), let at = Double(parts[1]) else { return nil }
        return now.timeIntervalSince1970 - at <= seconds ? id : nil
    }

    package func setFocus(_ job: JobID, at now: Date) async throws {
        try await remember("\(job)@\(now.timeIntervalSince1970)", as: Memory.focus)
    }
}
