/// Recognises what orders are about by its look: addresses, files, event names.
enum Targets {
    static func isURL(_ word: String) -> Bool {
        word.utf8.first == UInt8(ascii: "h")
            && (word.hasPrefix("https://") || word.hasPrefix("http://")) && word.contains { $0 == "." || $0 == ":" }
    }

    private static let scriptExtensions: Set<Substring> = [
        "sh", "bash", "zsh", "py", "swift", "ts", "js", "mjs", "rb", "pl", "php", "lua", "r", "go", "exe", "fish",
        "ps1",
    ]

    /// A file that can be run: `backup.sh`, `scripts/x.py`, `scripts/nightly`.
    static func isScript(_ word: String) -> Bool {
        // Nearly every word has neither: they are told apart by their bytes.
        guard word.utf8.contains(where: { "./".utf8.contains($0) }), !isURL(word),
            !word.utf8.contains(UInt8(ascii: "@"))
        else { return false }
        if word.hasPrefix("./") { return isScript(String(word.dropFirst(2))) }
        if word.hasPrefix("scripts/"), word.count > 8 { return true }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, parts.first?.isEmpty == false else { return false }
        return scriptExtensions.contains(last)
    }

    /// `build.failed`, `github.issue.created`: lower-case words joined by points, and no file.
    static func isEventName(_ word: String) -> Bool {
        guard word.utf8.contains(UInt8(ascii: ".")), !isURL(word), !isScript(word) else { return false }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return false }
        return parts.allSatisfy { part in
            part.first?.isLetter == true && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        }
    }

    /// `backup` out of `scripts/backup.sh`, as a step's name.
    static func stem(_ path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let stem = file.split(separator: ".").first.map(String.init) ?? file
        return String(stem.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    static func host(_ url: String) -> String {
        let rest = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst()
        return rest.first.map(String.init) ?? url
    }
}
