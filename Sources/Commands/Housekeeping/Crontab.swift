import Documents
import Foundation
import IntentContract
import Registry

/// Reads a user's crontab (crontab(5)): five fields or a macro, then a command line.
///
/// A command is taken when it names one file: it becomes a script of the person's scripts folder. Shell lines are
/// refused, because no shell runs here.
enum Crontab {
    static func read(_ text: String) -> (entries: [JobEntry], problems: [EntryProblem]) {
        var entries: [JobEntry] = []
        var problems: [EntryProblem] = []
        var zone: String?
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            if let setting = setting(line) {
                if ["CRON_TZ", "TZ"].contains(setting.name) { zone = setting.value }
                continue
            }
            do {
                entries.append(try entry(line, number: index + 1, zone: zone))
            } catch {
                problems.append(error)
            }
        }
        return (entries, problems)
    }

    private static func setting(_ line: String) -> (name: String, value: String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let name = line[..<equals].trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
        let value = line[line.index(after: equals)...].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        return (name, value)
    }

    private static func entry(_ line: String, number: Int, zone: String?) throws(EntryProblem) -> JobEntry {
        let place = DocumentPlace(line: number)
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        let fields = words[0].hasPrefix("@") ? 1 : 5
        guard words.count > fields else {
            throw EntryProblem("a line is five fields (or a macro such as @daily) and a command", at: place)
        }
        let command = Array(words[fields...])
        let shell: Set<Character> = ["|", "&", ";", "<", ">", "$", "`", "(", "*", "?", "~"]
        guard !command.joined().contains(where: shell.contains) else {
            throw EntryProblem(
                "\"\(command.joined(separator: " "))\" needs a shell; put it into a script of the scripts folder and name that",
                at: place)
        }
        let file = command[0].split(separator: "/").last.map(String.init) ?? command[0]
        let script = ActionIntent(type: "script", path: file, arguments: Array(command.dropFirst()))
        return JobEntry(
            place: place, cron: Placed(words[..<fields].joined(separator: " "), at: place),
            zone: zone.map { Placed($0, at: place) }, action: Placed(script, at: place))
    }
}
