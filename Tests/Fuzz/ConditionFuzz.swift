import Foundation
import JobModel
import Templates

/// Any text as an expression, as a condition in words, and as a pattern.
enum ConditionFuzz {
    static func run(_ text: String) -> CInt {
        let data = TemplateData(
            members: [
                "event": ["title": .string(text), "at": "2026-03-27T07:00:00Z", "none": nil], "price": 24.9,
                "list": [1, "a", nil], "fetch": ["text": "24.90 €", "number": 24.9, "failed": false], "a": true,
            ], texts: ["fetch": "24.90 €"], now: Date(timeIntervalSince1970: 1_774_598_403), zone: "Europe/Berlin")
        expression(text, data)
        if let condition = try? Condition(parsing: text) {
            promise(!condition.description.isEmpty, "a condition without words")
            _ = condition.holds(results: ["a": StepResult(text: text)], event: ["a": .string(text)])
        }
        if let pattern = try? BoundedPattern(text) {
            _ = pattern.isFound(in: text)
            promise(pattern.isFound(in: text + text) != nil, "a short text was too long")
        }
        return 0
    }

    private static func expression(_ text: String, _ data: TemplateData) {
        let expression: Templates.Expression
        do {
            expression = try Templates.Expression(text)
        } catch {
            promise((0...text.count).contains(error.offset) && !error.message.isEmpty, "an error beside the text")
            return
        }
        let value = try? expression.value(data)
        let holds = try? expression.holds(data)
        promise((try? expression.value(data)) == value, "another value the second time")
        guard let value else { return promise(holds == nil, "it holds without a value") }
        switch value {
        case .bool(let truth):
            promise(holds == truth, "a truth that does not hold")
            promise((try? Expression("not (\(text))").holds(data)) ?? !truth == !truth, "not of it is no other")
        case .null:
            promise(holds == false, "nothing holds")
        default:
            promise(holds == nil, "a value holds")
        }
    }
}
