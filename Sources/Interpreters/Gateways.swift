/// Recipients by the words that people use.
enum Gateways {
    /// `telegram/ops` for "telegram/ops", `email` for "mail"; `nil` for a word that names no way out.
    static func recipient(_ word: String) -> String? {
        let parts = word.split(separator: "/", maxSplits: 1).map(String.init)
        guard let first = parts.first, let gateway = Lexicon.gateways[first] else { return nil }
        return parts.count == 2 ? "\(gateway)/\(parts[1])" : gateway
    }
}
