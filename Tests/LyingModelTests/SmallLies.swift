import CronOracle
import JobModel

/// Lies that leave nearly all words of an answer as they were: an operator, a number, an end.
extension Answer {
    func changingConditions(_ lie: Lie, _ dice: inout SeededGenerator) -> Answer? {
        var trial = dice
        let told = changingSteps { step in
            guard let condition = step["when"]?.string else { return }
            step.set("when", Self.changed(condition, lie, &trial).map(JSONValue.string))
        }
        dice = trial
        return told
    }

    private static func changed(_ condition: String, _ lie: Lie, _ dice: inout SeededGenerator) -> String? {
        switch lie {
        case .droppedCondition: return nil
        case .movedLimit: return shifting(condition, by: Bool.random(using: &dice) ? 1 : 10)
        default:
            let signs = [" <= ", " >= ", " < ", " > ", " == ", " != "]
            guard let sign = signs.first(where: condition.contains), Bool.random(using: &dice) else {
                return condition.hasPrefix("not ") ? String(condition.dropFirst(4)) : "not \(condition)"
            }
            let others = signs.filter { $0 != sign }
            return condition.replacing(sign, with: others.randomElement(using: &dice) ?? " > ")
        }
    }

    /// Another step is removed or replaced; none is the last.
    func changingStep(_ dice: inout SeededGenerator) -> Answer? {
        guard let index = intents.indices.first(where: { self[$0, "intent"]?.string == "edit_playbook" }),
            self[index, "change"]?.string != "add"
        else { return nil }
        var told = self
        let others = [1, 2, 3, 4, nil].filter { $0 != self[index, "step"]?.number.map(Int.init) }
        told[index, "step"] = others.randomElement(using: &dice)?.map { .number(Double($0)) } ?? .null
        return told
    }

    func changingEnd(_ lie: Lie, _ dice: inout SeededGenerator) -> Answer? {
        guard let index = intents.indices.first(where: { self[$0, "until"]?.string != nil }),
            let end = self[index, "until"]?.string
        else { return nil }
        var told = self
        let ends = [
            Self.shifting(end, by: 1), "2 hours", "3 days", "tuesday", "tomorrow at 13:00", "in 5 weeks", "next month",
            "2 runs",
        ]
        let other = ends.filter { $0 != end }.randomElement(using: &dice) ?? "2 hours"
        told[index, "until"] = lie == .droppedEnd ? .null : .string(other)
        return told
    }

    /// One figure of the texts becomes another.
    func changingFigures(_ dice: inout SeededGenerator) -> Answer? {
        let step = Int.random(in: 1...3, using: &dice)
        return changingActions { action in
            guard let text = action["text"]?.string else { return }
            action.set("text", .string(Self.shifting(text, by: step)))
        }
    }

    private static func shifting(_ text: String, by step: Int) -> String {
        guard let figure = text.firstMatch(of: /[0-9]+/), let value = Int(text[figure.range]) else { return text }
        return text.replacingCharacters(in: figure.range, with: "\(value + step)")
    }

    private func changingSteps(_ change: (inout JSONValue) -> Void) -> Answer? {
        var told = self
        for index in intents.indices { told.changeSteps(of: index, change) }
        return told.intents == intents ? nil : told
    }
}
