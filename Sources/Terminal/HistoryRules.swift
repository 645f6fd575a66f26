/// What is worth keeping of what was typed, and what must not be kept.
enum HistoryRules {
    /// Whether `entry` goes into the history after `previous`: not when it is blank, starts with a space, repeats the
    /// previous one, or looks as if it held a secret.
    static func keeps(_ entry: String, after previous: String?) -> Bool {
        guard let first = entry.first, !first.isWhitespace else { return false }
        return entry != previous && !holdsSecret(entry)
    }

    /// Whether a value stands after a word such as "password" or "token" (`API_TOKEN=x`, `password: x`, "the secret is
    /// x"), after "Bearer", or as the password inside an address.
    static func holdsSecret(_ text: String) -> Bool {
        let named =
            /(?:secret|token|passw(?:or)?d|passphrase|api[ _-]?key|credentials?)s?["']?\s*(?:[:=]|\bis\b)\s*["']?\S/
        let carried = /\b(?:bearer|basic)\s+[A-Za-z0-9._~+\/=-]{8,}/
        let address = /:\/\/[^\s\/@:]*:[^\s\/@]+@/
        let key = /\b(?:sk|ghp|gho|xox[abp]|glpat)[-_][A-Za-z0-9_-]{8,}/
        return text.firstMatch(of: named.ignoresCase()) != nil || text.firstMatch(of: carried.ignoresCase()) != nil
            || text.firstMatch(of: address) != nil || text.firstMatch(of: key) != nil
    }
}
