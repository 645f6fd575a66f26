import Foundation
import IntentContract

/// Orders to an agent: "have an agent research X", "let the researcher agent check the logs in ~/logs".
enum AgentWords {
    private static let order = PatternList([
        "(have / let / get / ask / tell / use) [a|an|the|my|our] [new|ai] agent [to|for|should|that] <goal:rest>",
        "(have / let / get / use) [a|an|the|my|our] <who:word> agent [to|for|should|that] <goal:rest>",
    ])

    /// Agents that are people: an order to them is an errand.
    private static let people: Set<String> = [
        "estate", "travel", "insurance", "customs", "booking", "letting", "leasing", "press", "talent", "literary",
        "support", "service", "sales", "ticket", "shipping", "transfer", "gate", "secret", "police",
    ]

    static func read(_ pieces: Pieces) -> ActionIntent? {
        order.firstMatch(of: pieces) { captures in
            guard let goal = captures.text("goal") else { return nil }
            let who = captures.text("who")
            guard !people.contains(who?.lowercased() ?? "") else { return nil }
            let grants = grants(in: goal)
            return ActionIntent(type: "agent", text: goal, arguments: grants.isEmpty ? nil : grants, name: who)
        }
    }

    /// Only what the sentence itself names: folders and files by a whole path, addresses word for word.
    private static func grants(in goal: String) -> [String] {
        goal.split(whereSeparator: \.isWhitespace).compactMap { word in
            let word = word.trimmingCharacters(in: CharacterSet(charactersIn: ".,;:!?()\"'"))
            if word.hasPrefix("https://") { return "get:\(word)" }
            return word.hasPrefix("~/") || word.hasPrefix("/") && word.count > 1 ? "read:\(word)" : nil
        }
    }
}

extension ActionIntent {
    /// Its words are for a model, and the person's own.
    var asksModel: Bool { type == "prompt" || type == "agent" }
}
