import JobModel

/// What the owner of a scheduler shows in its lock file, for those that wait for it or ask about it.
///
/// Two lines: `PID START`, and `live` or `idle` with a number that each renewal of the lease counts up.
package struct OwnerBoard: Hashable, Sendable {
    package var holder: ProcessIdentity
    /// Runs are under way: the lease counts, and is renewed.
    package var isLive: Bool
    package var renewals: Int

    package init(holder: ProcessIdentity, isLive: Bool = false, renewals: Int = 0) {
        self.holder = holder
        self.isLive = isLive
        self.renewals = renewals
    }

    var text: String {
        "\(holder.pid) \(holder.startTime)\n\(isLive ? "live" : "idle") \(renewals)\n"
    }

    init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 2, let pid = Int32(words[0]), let startTime = UInt64(words[1]) else { return nil }
        self.init(holder: ProcessIdentity(pid: pid, startTime: startTime))
        let lease = lines.dropFirst().first?.split(separator: " ") ?? []
        isLive = lease.first == "live"
        renewals = lease.last.flatMap { Int($0) } ?? 0
    }
}
