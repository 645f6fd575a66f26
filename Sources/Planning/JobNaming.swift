import Foundation
import JobModel

/// Short names for jobs and steps, made from what they do.
package enum JobNaming {
    package static func name(for steps: [Step]) -> String {
        guard let action = steps.first?.action else { return "Job" }
        switch action {
        case .notify(let text, _), .prompt(let text, _): return title(text)
        case .script(let path, _): return title(stem(path))
        case .http(_, let url, _): return "Check \(host(url))"
        case .playbook(let name): return title(name)
        case .agent(let order): return title(order.goal)
        case .system(let measure, let path): return title("Watch \(path ?? measure.words)")
        case .call(let call): return title(call.parameters["url"]?.string.map { "Check \(host($0))" } ?? call.name)
        }
    }

    package static func stepName(_ action: Action) -> String {
        switch action {
        case .notify: "notify"
        case .prompt: "write"
        case .agent: "agent"
        case .script(let path, _): stem(path)
        case .http: "fetch"
        case .playbook: "playbook"
        case .system(let measure, _): String(measure.rawValue.prefix { $0 != "_" })
        case .call(let call): call.name
        }
    }

    /// Adds a number where the name is taken, ignoring case.
    package static func unique(_ name: String, among taken: [String]) -> String {
        let used = Set(taken.map { $0.lowercased() })
        guard used.contains(name.lowercased()) else { return name }
        var number = 2
        while used.contains("\(name) \(number)".lowercased()) { number += 1 }
        return "\(name) \(number)"
    }

    /// The first words, capitalised: at most five words and 40 characters.
    private static func title(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).prefix(5).joined(separator: " ")
        let trimmed = String(words.prefix(40)).trimmingCharacters(in: .punctuationCharacters.union(.whitespaces))
        guard let first = trimmed.first else { return "Job" }
        return first.uppercased() + trimmed.dropFirst()
    }

    private static func stem(_ path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let stem = file.split(separator: ".").first.map(String.init) ?? file
        return stem.replacing("_", with: " ").replacing("-", with: " ")
    }

    private static func host(_ url: String) -> String {
        URLComponents(string: url)?.host ?? url
    }
}
