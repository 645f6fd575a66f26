/// What was typed, in this session and before: decides what is kept and writes it to the file.
struct ChatHistory {
    private let file: HistoryFile?
    private var last: String?
    private var warning: String?
    private var hasWarned = false

    /// - Parameter file: nil keeps the session's lines only.
    init(file: HistoryFile?) { self.file = file }

    /// The entries of earlier sessions, oldest first.
    mutating func load() -> [String] {
        do {
            let entries = try file?.load() ?? []
            last = entries.last
            return entries
        } catch {
            warn(error)
            return []
        }
    }

    /// The entries to remember for `text`: itself or none. A short answer to a question ("y", "2") is not worth it.
    mutating func add(_ text: String, answersQuestion: Bool) -> [String] {
        guard HistoryRules.keeps(text, after: last), !(answersQuestion && text.count <= 3) else { return [] }
        last = text
        do { try file?.append(text) } catch { warn(error) }
        return [text]
    }

    /// A sentence about a file that cannot be used, once.
    mutating func takeWarning() -> String? {
        defer { warning = nil }
        return warning
    }

    private mutating func warn(_ error: any Error) {
        guard !hasWarned, let file else { return }
        hasWarned = true
        warning = "What you type is not kept: \(file.url.path) cannot be used (\(error.localizedDescription))."
    }
}
