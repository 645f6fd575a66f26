/// How many jobs of a group run at a time: `database=2`.
struct GroupLimit: Hashable, Sendable {
    let name: String
    let limit: Int

    init?(_ text: String) {
        guard let mark = text.lastIndex(of: "="), let limit = Int(text[text.index(after: mark)...].trimmed),
            (1...1000).contains(limit)
        else { return nil }
        name = text[..<mark].trimmed
        self.limit = limit
        guard !name.isEmpty else { return nil }
    }
}

extension Substring {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
