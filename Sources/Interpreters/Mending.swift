/// Mends slips of the keyboard in words that the rules know.
enum Mending {
    /// Words whose misspelling would hide what is asked.
    private static let known: [String] = [
        "remind", "reminder", "reminders", "please", "pause", "resume", "delete", "remove", "cancel", "schedule",
        "scheduled", "scheduler", "summarize",
        "summarise", "telegram", "slack", "discord", "email", "execute", "generate", "analyse", "analyze", "research",
        "review", "rename", "snooze",
        "unpause", "notify", "message", "report", "status", "approve", "reject", "everything", "running", "tomorrow",
        "history", "explain",
        "translate", "compare", "optimize", "monitor", "whenever", "created", "change", "list", "show", "what", "when",
        "undo", "draft", "write", "check", "watch", "alert", "message", "stop", "skip", "send", "tell", "should",
        "could", "would", "every", "default", "failed", "deliver", "delivered", "reschedule", "forget",
    ]

    /// The pieces with at most one letter mended in each unknown word; `nil` where nothing was mended. What the person
    /// typed stays as it is: only the keys that rules compare change.
    static func mended(_ text: String) -> String? {
        var changed = false
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word -> String in
            let key = word.lowercased().trimmingStops
            guard key.count >= 4, key.allSatisfy(\.isLetter), !known.contains(key), !ordinary.contains(key) else {
                return String(word)
            }
            guard let right = known.first(where: { isOneSlip(key, from: $0) }) else { return String(word) }
            changed = true
            return String(word).replacing(String(word).trimmingStops, with: right)
        }
        return changed ? words.joined(separator: " ") : nil
    }

    /// Correct words one letter away from a known one.
    private static let ordinary: Set<String> = [
        "slick", "clause", "cause", "paused", "emails", "reports", "checks", "drafts", "alerts", "sends", "tells",
        "tall", "sell", "bell", "well", "fell", "sand", "seed",
        "lend", "bend", "mend", "shop", "step", "stow", "snow", "shot", "show", "slow", "shoe", "ship", "skin", "slip",
        "that", "whet", "then", "than", "they", "wait", "want", "lists", "lost", "last", "lift",
        "writes", "white", "cheek", "clock", "never", "ever", "very", "craft", "drift", "watches", "match", "catch",
        "batch", "hatch", "stops", "resumes", "removed", "deletes", "deleted", "reminds", "behind", "messages",
        "created", "creates", "reviews", "changes", "charge", "chance", "delivers", "pauses", "skips", "mound", "whit",
        "spend", "fill", "hell", "teal", "tells", "till", "toll", "chick", "chuck", "patch", "stat", "must", "mist",
        "lisp", "analysis", "monitors", "summary", "wren", "fend", "spot", "stoop", "shows", "undid", "sent", "smack",
        "stack", "black", "shack", "snack", "track", "should", "mould", "world", "cloud", "wound", "forgot", "reminded",
        "renamed", "renames", "generated", "generates", "compares", "approved", "approves", "rejects", "schedules",
        "summarized",
    ]

    /// One letter missing, one too many, one wrong, or two neighbours swapped.
    static func isOneSlip(_ word: String, from right: String) -> Bool {
        let a = Array(word), b = Array(right)
        guard abs(a.count - b.count) <= 1, a.first == b.first, word != right else { return false }
        var front = 0
        while front < min(a.count, b.count), a[front] == b[front] { front += 1 }
        var back = 0
        while back < min(a.count, b.count) - front, a[a.count - 1 - back] == b[b.count - 1 - back] { back += 1 }
        let restA = a.count - front - back, restB = b.count - front - back
        if restA <= 1, restB <= 1 { return true }
        return restA == 2 && restB == 2 && a[front] == b[front + 1] && a[front + 1] == b[front]
    }
}

extension String {
    /// Without stops at both ends.
    fileprivate var trimmingStops: String {
        var text = self[...]
        while let first = text.first, !first.isLetter, !first.isNumber { text = text.dropFirst() }
        while let last = text.last, !last.isLetter, !last.isNumber { text = text.dropLast() }
        return String(text)
    }
}
