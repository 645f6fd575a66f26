import JobModel

/// What the owner of a scheduler shows in its lock file, for those that wait for it or ask about it.
///
/// Three lines: `PID START`, `live` or `idle` with a number that each renewal of the lease counts up, and what is wrong
/// with the store where something is.
package struct OwnerBoard: Hashable, Sendable {
    package var holder: ProcessIdentity
    /// Runs are under way: the lease counts, and is renewed.
    package var isLive: Bool
    package var renewals: Int
    /// A sentence; `nil` while the store can be used.
    package var trouble: String?

    package init(holder: ProcessIdentity, isLive: Bool = false, renewals: Int = 0, trouble: String? = nil) {
        self.holder = holder
        self.isLive = isLive
        self.renewals = renewals
        self.trouble = trouble
    }

    var text: String {
        let trouble = trouble?.split(whereSeparator: \.isNewline).joined(separator: " ") ?? ""
        return "\(holder.pid) \(holder.startTime)\n\(isLive ? "live" : "idle") \(renewals)\n\(trouble)\n"
    }

    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 2, let pid = Int32(words[0]), let startTime = UInt64(words[1]) else { return nil }
        self.init(holder: ProcessIdentity(pid: pid, startTime: startTime))
        let lease = lines.dropFirst().first?.split(separator: " ") ?? []
        isLive = lease.first == "live"
        renewals = lease.last.flatMap { Int($0) } ?? 0
        trouble = lines.count > 2 && !lines[2].isEmpty ? String(lines[2]) : nil
    }
}
